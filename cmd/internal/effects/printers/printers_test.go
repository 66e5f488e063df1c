package printers

import (
	"strings"
	"testing"

	"packbench/station/config"
)

// A printer has one key however it is spelled, and its key shows no secret.
func TestThePrintersKey(t *testing.T) {
	one := Key(config.Printer{Kind: "ipp", Address: "ipp://anna:secret@Host.local/ipp/print", DPI: 203})
	if two := Key(config.Printer{Kind: "ipp", Address: "ipp://host.local/ipp/print", DPI: 300}); one != two {
		t.Errorf("%s and %s", one, two)
	}
	if Key(config.Printer{Kind: "zpl", Address: "Label.local"}) != Key(config.Printer{Kind: "zpl", Address: "label.local:9100", Mute: true}) {
		t.Error("one label printer has two keys")
	}
	seen := map[string]bool{one: true}
	for _, p := range []config.Printer{
		{Kind: "ipp", Address: "ipp://host.local/ipp/other"},
		{Kind: "folder"},
		{Kind: "folder", Folder: "/home/anna/labels"},
		{Kind: "cups", Queue: "Label"},
		{Kind: "windows", Queue: "Label"},
		{Kind: "cups", Queue: "Label-2"},
		{Kind: "zpl", Address: "10.0.0.1"},
		{Kind: "zpl", Address: "10.0.0.2"},
	} {
		key := Key(p)
		if seen[key] || strings.Contains(key, "anna") || len(key) > 20 {
			t.Errorf("%+v: %q", p, key)
		}
		seen[key] = true
	}
	p := config.Default().Printers
	p.Customs = config.Printer{Kind: "cups", Queue: "A4"}
	keys := Keys(p)
	if !strings.Contains(keys.Customs, "cups-") || !strings.Contains(keys.Customs, keys.Label) {
		t.Errorf("a CN22 may come out of the label printer: %+v", keys)
	}
}
