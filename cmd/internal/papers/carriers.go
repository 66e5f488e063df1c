package papers

import (
	"bytes"
	"errors"

	"packbench/station/carrier/account"
	"packbench/station/config"
)

// CarrierProfile is the profile of a kept label that a carrier made.
const CarrierProfile = "carrier"

// FromCarrier lays a carrier's label on the page of a printer, at its own size: bars are
// never scaled. What is no label is an error.
func FromCarrier(_ config.Printer, label account.Paper) ([]byte, error) {
	if label.Type != account.PDF || !bytes.HasPrefix(label.Data, []byte("%PDF-")) {
		return nil, errors.New("the carrier's label is no PDF")
	}
	return label.Data, nil
}
