package fields

import (
	"strings"

	"packbench/station/config"
	"packbench/station/screen"
)

// numbersField are the numbers of the shop by destination, in one line.
func numbersField() Setting {
	return Setting{
		Key: "customs.number", label: "Numbers by destination", help: "such as EORI DE123; IOSS IM276; VOEC 2021; *VAT CHE-1 (CH): a star where it is the importer's", empty: "none",
		wide: true, text: true, kind: screen.FieldText, value: numberWords, takes: takeNumbers,
	}
}

func numberWords(s config.Settings) string {
	var out []string
	for _, n := range s.Customs.Numbers {
		out = append(out, n.String())
	}
	return strings.Join(out, "; ")
}

func takeNumbers(to *config.Settings, typed string) error {
	var list []config.CustomsNumber
	for _, part := range parts(typed) {
		n, err := config.ReadCustomsNumber(part)
		if err != nil {
			return err
		}
		list = append(list, n)
	}
	to.Customs.Numbers = list
	return nil
}
