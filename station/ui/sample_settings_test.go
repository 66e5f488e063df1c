package ui

import (
	"time"

	"packbench/station"
	"packbench/station/screen"
	"packbench/station/trouble"
)

const (
	scannerPort = "/dev/serial/by-id/usb-Honeywell_Scanning_Voyager_1470g_21084B1F7C-if00"
	scalePort   = "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_AB0L9XYZ-if00-port0"
)

func settingsInputs(theme screen.Theme) screen.SettingsInputs {
	frame := deskFrame(station.Administrator, theme)
	frame.Lamps = lamps(screen.LampGreen, "ready", "")
	return screen.SettingsInputs{
		Frame: frame, Changed: true, Path: "/var/lib/packbench/station.toml", May: true, Listed: true,
		Devices: []screen.Device{
			{
				ID: "scanner", Lamp: frame.Lamps[0], Heard: noon.Add(-12 * time.Second), Raw: []byte("]C10104006381333931\x1d10A1\r"),
				Meaning: "GTIN 04006381333931, lot A1", Test: "Trigger the scanner", Learn: true,
			},
			{
				ID: "scale", Lamp: frame.Lamps[1], Heard: noon, Raw: []byte("S S      0.812 kg\r\n"), Meaning: "Steady, 0.812 kg",
				Test: "Check scale", Zero: true, Result: "It answers, 14:32:08",
			},
			{ID: "printer", Lamp: frame.Lamps[2], Meaning: "Queue label-1, 203 dpi", Test: "Check printer"},
		},
		Plugged: []screen.Plugged{
			{
				Kind: "serial port", Title: "Honeywell Scanning Voyager 1470g 21084B1F7C", Name: scannerPort, Used: "scanner",
				Offers: []screen.Offer{{Device: "scanner", Words: "scanner"}, {Device: "scale", Words: "scale"}},
			},
			{
				Kind: "serial port", Title: "FTDI FT232R USB UART AB0L9XYZ", Name: scalePort, Used: "scale",
				Offers: []screen.Offer{{Device: "scanner", Words: "scanner"}, {Device: "scale", Words: "scale"}},
			},
			{
				Kind: "keyboard", Title: "Logitech USB Keyboard", Name: "usb:046d:c31c@1-2", Offers: []screen.Offer{{Device: "scanner", Words: "scanner"}},
			},
		},
		Groups: []screen.Group{
			{Title: "Scanner", Devices: []string{"scanner"}, Fields: []screen.Field{
				{Key: "scanner.kind", Label: "Connected as", Value: "serial", Shown: "Serial line", Help: "a cable, USB-COM or Bluetooth"},
				{Key: "scanner.baud", Label: "Speed", Value: "", Empty: "as shipped", Help: "bits a second, as the scanner is set"},
				{Key: "scanner.port", Label: "Port", Value: scannerPort, Wide: true},
				{Key: "scanner.prefix", Label: "Prefix", Empty: "none", Help: "before each code"},
				{Key: "scanner.suffix", Label: "Suffix", Value: "cr", Shown: "Enter", Help: "CR after each code"},
				{Key: "scanner.gs", Label: "GS1 separator", Empty: "as it is", Help: "what stands for it"},
				{Key: "scanner.aim", Label: "AIM identifier", Value: "true", Choices: onOff(), Help: "it comes with every code"},
				{Key: "scanner.trigger", Label: "Trigger command", Value: `\x16T\r`, Help: "makes it read"},
			}},
			{Title: "Scale", Devices: []string{"scale"}, Fields: []screen.Field{
				{Key: "scale.kind", Label: "Connected as", Value: "serial", Shown: "Serial line", Help: "a cable or USB-COM"},
				{Key: "scale.protocol", Label: "Protocol", Value: "sics", Shown: "MT-SICS", Help: "Mettler Toledo, Ohaus, Kern", Wide: true},
				{Key: "scale.port", Label: "Port", Value: scalePort, Wide: true},
				{Key: "scale.baud", Label: "Speed", Value: "96o0", Error: "must be a number such as 9600"},
				{Key: "scale.parity", Label: "Parity", Empty: "as shipped", Help: "as the device is set"},
				{Key: "scale.unit", Label: "Unit", Value: "kg", Shown: "Kilograms", Help: "where the scale sends none"},
				{Key: "scale.poll", Label: "Weights", Value: "ask", Shown: "Asked for", Help: "again and again"},
				{Key: "scale.division_g", Label: "Smallest step", Value: "1", Shown: "1 g", Help: "grams, as its display goes up"},
			}},
			{Title: "Printing"},
			{Title: "Weight"},
			{Title: "Rules"},
			{Title: "Screen"},
		},
	}
}

func onOff() []screen.Choice {
	return []screen.Choice{{Value: "true", Words: "On"}, {Value: "false", Words: "Off"}}
}

func settingsPage(theme screen.Theme) screen.View { return screen.Settings(settingsInputs(theme)) }

var dialout = trouble.New(trouble.PortDenied, "dialout")

func settingsRed(theme screen.Theme) screen.View {
	in := settingsInputs(theme)
	in.Frame.Lamps = lamps(screen.LampRed, dialout.Wrong(), dialout.Advice())
	in.Frame.Lamps[1].Steps = dialout.Steps()
	in.Devices[1] = screen.Device{ID: "scale", Lamp: in.Frame.Lamps[1], Test: "Check scale", Zero: true, Result: "No answer"}
	in.Plugged[1].Trouble = dialout
	return screen.Settings(in)
}

func settingsPlugged(theme screen.Theme) screen.View {
	in := settingsInputs(theme)
	in.Frame.Lamps = lamps(screen.LampRed, "unplugged", "Plug the cable in. The bench carries on by itself.")
	in.Devices[1] = screen.Device{ID: "scale", Lamp: in.Frame.Lamps[1], Test: "Check scale", Zero: true}
	in.Plugged[0], in.Plugged[1] = in.Plugged[1], in.Plugged[0]
	in.Plugged[0].Used = ""
	in.Plugged[0].Title, in.Plugged[0].Name = "QinHeng Electronics CH340 serial converter", "usb:1a86:7523@1-4"
	in.Plugged[0].Trouble = trouble.New(trouble.TakenForBraille)
	in.Copied = "sudo apt remove brltty"
	in.Plugged = append(in.Plugged, screen.Plugged{
		Kind: "USB scale", Title: "DYMO M10 Digital Postal Scale", Name: "usb:0922:8003",
		Trouble: trouble.New(trouble.DeviceDenied, "packctl doctor --udev | sudo tee /etc/udev/rules.d/60-packbench.rules >/dev/null && sudo udevadm control --reload && sudo udevadm trigger"),
		Offers:  []screen.Offer{{Device: "scale", Words: "scale"}},
	})
	return screen.Settings(in)
}

func settingsScale(theme screen.Theme) screen.View {
	in := settingsInputs(theme)
	in.Group = "Scale"
	in.Search = &screen.Search{Running: true, Step: 4, Steps: 11, Words: "listening at 4800 baud"}
	return screen.Settings(in)
}

func settingsScanner(theme screen.Theme) screen.View {
	in := settingsInputs(theme)
	in.Group, in.Saved = "Scanner", "saved in station.toml: it counts as soon as nobody has anything in hand"
	return screen.Settings(in)
}

func doctorInputs(theme screen.Theme) screen.DoctorInputs {
	in := screen.DoctorInputs{Frame: deskFrame(station.Administrator, theme), Device: "scanner"}
	in.Frame.Lamps = lamps(screen.LampGreen, "ready", "")
	for _, t := range []string{
		"Start", "Capital and small letters", "Signs that keyboards confuse", "More signs", "Still more signs",
		"GS1 code: a lot and a serial number", "Long code (QR)",
	} {
		in.Lines = append(in.Lines, screen.DoctorLine{Title: t})
	}
	in.Lines[6].Optional = true
	return in
}

func doctorStart(theme screen.Theme) screen.View { return screen.Doctor(doctorInputs(theme)) }

func doctorHalf(theme screen.Theme) screen.View {
	in := doctorInputs(theme)
	for i := range 3 {
		in.Lines[i].Done = true
	}
	in.Lines[3].Again, in.Next, in.Kind = true, 3, screen.ReadBad
	in.Last, in.Words = `PBCAL4!"§$%/()=ü+,<Enter>`, "This is line 4, with characters that should not be: scan it once more."
	in.Printed = "the sheet was sent to the printer"
	return screen.Doctor(in)
}

func doctorDone(theme screen.Theme) screen.View {
	in := doctorInputs(theme)
	for i := range 6 {
		in.Lines[i].Done = true
	}
	in.Next, in.Ready, in.Kind = 6, true, screen.ReadGood
	in.Last, in.Words = "10PBCAL6<GS>21S77<Enter>", "This is line 6."
	in.Findings = []screen.Finding{
		{Name: "Sends", Value: "as a keyboard"},
		{Name: "Keyboard layout", Value: "German"},
		{Name: "Prefix", Value: "none"},
		{Name: "Suffix", Value: "Enter"},
		{Name: "GS1 separator", Value: "dropped"},
		{Name: "AIM identifier", Value: "no"},
		{Name: "Speed", Value: "12 ms a key"},
	}
	in.Advice = []screen.Advice{
		{Words: "Switch the GS1 separator on (manual: Transmit FNC1 or GS = on).", Why: "The scanner drops it: a lot and the serial number after it run together into one, and nothing shows it."},
		{Words: "Switch the AIM identifier on (manual: Transmit Code ID = AIM).", Why: "With it a GS1 code is recognised as one; without it a plain code may be taken for a GS1 code."},
		{Words: "It is best to set the scanner's keyboard country to US (manual: Keyboard Layout = US English), then scan this sheet again.", Why: "It is set to the {layout} keyboard. packbench knows now; US is read without any setting."},
	}
	for i, a := range in.Advice {
		in.Advice[i] = screen.Advice{Words: speaks.Phrase(a.Words), Why: speaks.Say(a.Why, "layout", speaks.Phrase("German"))}
	}
	return screen.Doctor(in)
}
