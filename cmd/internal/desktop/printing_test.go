package desktop

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/station/config"
	"packbench/station/screen"
)

func (d *seat) settingsTab(title string) screen.View {
	d.Helper()
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
	d.front.Intent(screen.Intent{Kind: screen.IntentSelect, Name: "group", Value: title})
	return d.until("the tab "+title, func(v screen.View) bool {
		return v.Settings != nil && len(v.Settings.Fields) > 0 && !v.Settings.Overview
	})
}

func (d *seat) set(key, value string) {
	d.front.Intent(screen.Intent{Kind: screen.IntentSetting, Name: key, Value: value})
}

func keysOf(v screen.View) []string {
	var keys []string
	if v.Settings != nil {
		for _, f := range v.Settings.Fields {
			keys = append(keys, f.Key)
		}
	}
	return keys
}

// Each kind of printer shows its own fields, and a printer is tried before it
// is kept.
func TestPrinterSettings(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-MANAGER")
	d.settingsTab("Printing")
	for kind, own := range map[string][]string{
		"folder": {"folder"}, "cups": {"queue", "media"}, "ipp": {"address", "media"}, "zpl": {"address", "mute"}, "windows": {"queue"},
	} {
		d.set("printer.paper.kind", kind)
		v := d.until(kind, func(v screen.View) bool {
			return v.Settings != nil && slices.ContainsFunc(v.Settings.Fields, func(f screen.FieldView) bool {
				return f.Key == "printer.paper.kind" && f.Edit.Intent.Value == kind
			})
		})
		for _, key := range []string{"queue", "media", "address", "mute", "folder"} {
			if got, want := slices.Contains(keysOf(v), "printer.paper."+key), slices.Contains(own, key); got != want {
				t.Errorf("%s: the field %s is shown: %v, want %v", kind, key, got, want)
			}
		}
	}
	folder := t.TempDir()
	d.set("printer.paper.kind", "folder")
	d.set("printer.paper.folder", folder)
	d.front.Intent(screen.Intent{Kind: screen.IntentTestPage, Name: "paper"})
	d.until("the test page", func(v screen.View) bool {
		i := slices.IndexFunc(v.Settings.Devices, func(c screen.DeviceCard) bool { return c.Title == "Paper printer" })
		return i >= 0 && strings.HasPrefix(v.Settings.Devices[i].Result, "The test page is saved: "+folder)
	})
	files, err := filepath.Glob(filepath.Join(folder, "test-*.pdf"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the folder has %v, %v", files, err)
	}
	if page, err := os.ReadFile(files[0]); err != nil || !strings.HasPrefix(string(page), "%PDF") {
		t.Errorf("the test page begins with %.8q, %v", page, err)
	}
	if got := d.front.Folder.Settings.Printers.Paper.Folder; got == folder {
		t.Error("a printer was kept by trying it")
	}
	d.set("printer.paper.kind", "zpl")
	d.set("printer.paper.address", "127.0.0.1:1")
	d.front.Intent(screen.Intent{Kind: screen.IntentTestPage, Name: "paper"})
	d.until("no test page", func(v screen.View) bool {
		i := slices.IndexFunc(v.Settings.Devices, func(c screen.DeviceCard) bool { return c.Title == "Paper printer" })
		return i >= 0 && strings.Contains(v.Settings.Devices[i].Result, "off or out of reach")
	})
}

// A kind of document may have a printer of its own, which then can be tried.
func TestPaperSettings(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-MANAGER")
	v := d.settingsTab("Papers")
	if len(v.Settings.Devices) != 0 || !slices.Contains(keysOf(v), "printer.manifest.kind") || slices.Contains(keysOf(v), "printer.manifest.folder") {
		t.Errorf("no kind of document has a printer of its own, but the page shows %v", keysOf(v))
	}
	d.set("printer.manifest.kind", "folder")
	d.set("printer.with_label", "slip, inside")
	d.set("printer.slip_prices", "false")
	d.until("the list's own printer", func(v screen.View) bool {
		return len(v.Settings.Devices) == 1 && v.Settings.Devices[0].Title == "Carrier lists" && slices.Contains(keysOf(v), "printer.manifest.folder")
	})
	d.front.Intent(screen.Intent{Kind: screen.IntentSave})
	d.until("it to be kept", func(v screen.View) bool { return strings.HasPrefix(v.Settings.Saved, "saved") })
	kept, err := config.Load(d.front.Folder.Path(config.File))
	if err != nil || kept.Printers.Manifest.Kind != "folder" || kept.Printers.WithLabel != "slip, inside" || kept.Printers.SlipPrices || kept.Printers.Slip.Kind != "paper" {
		t.Errorf("kept: %+v, %v", kept.Printers, err)
	}
}
