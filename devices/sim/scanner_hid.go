package sim

// A HID-POS report, HID Point of Sale Usage Tables 1.02: report id 2, length of
// the data (0 to 56), three bytes of AIM identifier, 56 bytes of data, a byte
// for a maker's own identifier, one reserved, and one whose bit 0 says that the
// code goes on in the next report.
const (
	reportSize = 64
	reportData = 56
	reportID   = 2
)

// sayReports sends a code in reports. The identifier is always there, and no
// suffix and no substitute for GS is needed.
func sayReports(o ScannerOptions, code []byte) ([]piece, error) {
	aim, data := splitAIM(code)
	if aim == "" {
		aim = guessAIM(data)
	}
	data = append([]byte(o.Prefix), data...)
	var pieces []piece
	for first := true; first || len(data) > 0; first = false {
		n := min(len(data), reportData)
		report := make([]byte, reportSize)
		report[0], report[1] = reportID, byte(n)
		copy(report[2:], aim)
		copy(report[5:], data[:n])
		if data = data[n:]; len(data) > 0 {
			report[reportSize-1] = 1
		}
		pieces = append(pieces, piece{o.Gap, report})
	}
	return pieces, nil
}

// reportNoise is a report of another id, such as one of a status.
func reportNoise() []byte {
	report := make([]byte, reportSize)
	report[0], report[1] = 5, 1
	return report
}
