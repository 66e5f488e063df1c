package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"packbench/assets"
	"packbench/station/carrier/rules"
	"packbench/station/people"
	"packbench/station/unit"
)

func TestDefaultIsSound(t *testing.T) {
	if err := Default().Validate(); err != nil {
		t.Error(err)
	}
}

func TestSaveThenLoadGivesTheSame(t *testing.T) {
	odd := Default()
	odd.Name = "Bench \"7\" \\ Δ\u00a0見"
	odd.Language, odd.Papers = "zh-Hans", ForStation
	odd.Theme, odd.FullScreen, odd.ScreenHeight, odd.TimeZone = "dark", true, 300, "Europe/Berlin"
	odd.Scanner = Scanner{Kind: "serial", Line: Line{Port: "/dev/serial/by-id/x", Baud: 115200, DataBits: 7, Parity: "even", StopBits: 2}, Layout: "de", KeyMS: 20, AIM: true, Trigger: "\x16T\r", Yes: "\x07", No: "\x1b[7q", Suffix: "crlf", Prefix: "\x02", GS: "^"}
	odd.Scale.Kind, odd.Scale.Port, odd.Scale.StepG, odd.Scale.Step, odd.Scale.Poll = "serial", "COM3", 5, unit.Gram/2, "stream"
	odd.Printers.Label = Printer{Kind: "cups", Queue: "Label", DPI: 300, Media: "iso_a6_105x148mm", Page: "a6"}
	odd.Printers.WithLabel = "slip, inside"
	odd.Printers.Slip = Printer{Kind: "ipp", Address: "ipp://printer/ipp/print", DPI: 300, Page: "a4"}
	odd.Printers.Inside.Kind = "paper"
	odd.Printers.Return = Printer{Kind: "zpl", Address: "10.0.0.9:9100", Mute: true, NativeBars: true, DPI: 203, Page: "4x6"}
	odd.Weight = Weight{Percent: 25, Grams: 155, FillingG: 300}
	odd.Rules.WorksAlone, odd.Rules.LockAfter = true, 0
	odd.Rights.Void, odd.Rights.Override = people.From("manager"), people.Right("no second pin yes reason")
	odd.Reasons.Cancel = "wrong-order fraud"
	odd.Sender = Sender{Name: "Dispatch", Street: "Musterweg 1", Country: "DE"}
	odd.Customs = Customs{Tax: "DE1234567", Terms: "DAP", Signer: "Dispatch"}
	odd.GS1 = GS1{CompanyPrefix: "952000", Extension: "3", Domain: "id.example.com"}
	odd.Site = Site{URL: "https://status.example.com/a", Place: PlaceS3, To: "https://s3.example.com/bucket", Region: "eu-1", User: "AKIA1", Days: 7, Returns: "returns@example.com"}
	odd.Lanes = []Lane{{ID: "EXP", Carrier: "demo-express", Services: []string{"express-next", "a \"b\""}}, {ID: "P", Carrier: "demo-post", Services: []string{}}}
	odd.Shifts = []Shift{{"early", "05:30", "13:45"}}
	odd.Choice = Choice{LateCost: "7.50", LostPerMillion: 800, Paid: []rules.Kept{{Method: "Express \"24\"", Services: []string{"a", "b"}}}, Rules: []rules.Rule{
		{
			Name: "Islands", Countries: []string{"DE"}, Postcodes: []string{"25"}, ValueFrom: "1", ValueTo: "2.50", SKUs: []string{"A*"}, Tags: []string{"t"}, Wished: []string{"w"},
			Shops: []string{"s"}, MassFrom: "1 g", MassTo: "2 kg", Dangerous: "no", Use: []string{"x"}, Never: []string{"y"}, Prefer: []string{"z"}, By: "0.50", Signature: true, Insure: true,
		},
		{Insure: true, Off: true},
	}}
	none := Default()
	none.Shifts = []Shift{}
	for name, want := range map[string]Settings{"default": Default(), "odd": odd, "no shifts": none} {
		path := filepath.Join(t.TempDir(), File)
		if err := Save(path, want); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := Load(path)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got\n%+v\nwant\n%+v", name, got, want)
		}
		if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
			t.Errorf("%s: other files are left: %v %v", name, entries, err)
		}
	}
}

func TestSavedFileExplainsItself(t *testing.T) {
	text := string(Default().Encode())
	for _, want := range []string{"# The barcode scanner.", `kind = "wedge"  # wedge (types like a keyboard), serial, keyboard (types, but to this bench alone), hid, rfid or none`, "percent = 2  #", "grams = 15  #"} {
		if !strings.Contains(text, want) {
			t.Errorf("the file lacks %q", want)
		}
	}
}

// A new file shows how lanes are written, and the example is a right one.
func TestAnExampleOfALaneStandsInANewFile(t *testing.T) {
	text := string(Default().Encode())
	at := strings.Index(text, "# [[lane]]")
	if at < 0 {
		t.Fatalf("the file has no example of a lane:\n%s", text)
	}
	got, err := Decode([]byte(text[:at] + strings.ReplaceAll(text[at:], "# [[lane]]\n# id", "[[lane]]\nid")))
	if err == nil {
		t.Errorf("a lane without a carrier is taken: %+v", got.Lanes)
	}
	got, err = Decode([]byte(text[:at] + strings.NewReplacer("# [[lane]]", "[[lane]]", "\n# ", "\n").Replace(text[at:])))
	if err != nil || len(got.Lanes) != 1 || got.Lanes[0].ID != "BIG" || got.Lanes[0].Carrier != "demo-post" || len(got.Lanes[0].Services) != 1 {
		t.Errorf("the example is read as %+v: %v", got.Lanes, err)
	}
	if text := string(got.Encode()); strings.Contains(text, "# [[lane]]") || !strings.Contains(text, "\n[[lane]]") {
		t.Errorf("a file with a lane:\n%s", text)
	}
}

// A new file shows how rules are written, and the example is a right one.
func TestAnExampleOfARuleStandsInANewFile(t *testing.T) {
	text := string(NewShop().Encode())
	from, to := strings.Index(text, "# [[choice.paid]]"), strings.Index(text, "# signature = true")
	if from < 0 || to < 0 {
		t.Fatalf("the file has no example of a rule:\n%s", text)
	}
	example := strings.NewReplacer("\n# Rules", "\n## Rules", "\n# dang", "\n## dang", "\n# ", "\n").Replace("\n" + text[from:to+18])
	got, err := Decode([]byte("currency = \"EUR\"\n" + example))
	if err != nil || len(got.Choice.Paid) != 1 || len(got.Choice.Rules) != 1 || !got.Choice.Rules[0].Signature {
		t.Errorf("the example is read as %+v: %v", got.Choice, err)
	}
	if got, err := Decode([]byte(text)); err != nil || got.DayLate() != 1000 {
		t.Errorf("a new shop counts %d for a day late: %v", got.DayLate(), err)
	}
	if got, err := Decode(nil); err != nil || got.DayLate() != 0 {
		t.Errorf("an older file counts %d for a day late: %v", got.DayLate(), err)
	}
}

func TestWhatAFileLeavesOutKeepsItsDefault(t *testing.T) {
	got, err := Decode([]byte("station = \"B2\"\n[scale]\ndivision_g = 0.5\n[weight]\npercent = 1.5\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.Station, want.Scale.StepG, want.Scale.Step, want.Weight.Percent = "B2", 5, unit.Gram/2, 15
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if got.Weight.Permille() != 15 || got.Weight.Least() != 15*unit.Gram {
		t.Errorf("%d permille, %s", got.Weight.Permille(), got.Weight.Least())
	}
}

func TestFaultsNameTheKey(t *testing.T) {
	tests := []struct{ text, want string }{
		{"station = \"\"", "station: "},
		{"[choice]\nlate_cost = \"ten\"", "choice.late_cost: \"ten\" is not an amount"},
		{"[choice]\nlate_cost = \"-1\"", "choice.late_cost: "},
		{"[choice]\nlost_per_million = 1000001", "choice.lost_per_million: 1000001 is outside"},
		{"[[choice.rule]]\nname = \"x\"", "choice.rule 1, use: the rule does nothing"},
		{"[[choice.rule]]\ninsure = true\n[[choice.rule]]\ncountry = \"DE\"", "choice.rule.country: there is no such setting"},
		{"[[choice.paid]]\nmethod = \"x\"", "choice.paid 1, services: write the services"},
		{"[reasons]\ncancel = \"wrong-order Betrug\"", "reasons.cancel: \"Betrug\" is no code"},
		{"[reasons]\nshort = \"a b a\"", "reasons.short: \"a\" stands there twice"},
		{"[reasons]\naccept = \"a b c d e f g h i\"", "reasons.accept: 9 reasons are too many"},
		{"station = \"S 1\"", "station: \"S 1\""},
		{"statoin = \"S1\"", "statoin: there is no such setting"},
		{"[scaner]\nkind = \"serial\"", "scaner: there is no such setting"},
		{"station = \"S1\"\ntheme = blue", "line 2:"},
		{"theme = \"blue\"", "theme: \"blue\" is not known; write one of light, dark, auto"},
		{"language = \"de-\"", "language: \"de-\" is not a language"},
		{"language = \"d\"", "language: \"d\" is not a language"},
		{"language = \"de DE\"", "language: \"de DE\" is not a language"},
		{"paper_language = \"de\"", "paper_language: \"de\" is not known; write one of buyer, station"},
		{"sounds = 1", "sounds"},
		{"time_zone = \"Mars/Base\"", "time_zone: \"Mars/Base\" is not known"},
		{"currency = \"Euro\"", "currency: "},
		{"screen_height_mm = 5", "screen_height_mm: 5 is outside 80 to 2000"},
		{"[scanner]\nkind = \"usb\"", "scanner.kind: \"usb\" is not known; write one of wedge, serial, keyboard, hid, rfid, none"},
		{"[scanner]\nkind = \"serial\"", "scanner.port: is empty; write the port, such as"},
		{"[scale]\nkind = \"serial\"\nport = \"COM1\"\nbaud = 5", "scale.baud: 5 is outside"},
		{"[scale]\nparity = \"mark\"", "scale.parity: \"mark\""},
		{"[scale]\nprotocol = \"morse\"", "scale.protocol: \"morse\""},
		{"[scale]\npoll = \"SIT\"", "scale.poll: \"SIT\" is not known; write one of ask, stream"},
		{"[scanner]\nkind = \"serial\"\nport = \"COM1\"\n[scale]\nkind = \"serial\"\nport = \"COM1\"", "scale.port: \"COM1\" is the port of the scanner already"},
		{"[scanner2]\nkind = \"rfid\"", "scanner2.port: is empty"},
		{"[scanner]\nlayout = \"xx\"", "scanner.layout: \"xx\""},
		{"[scanner]\nkey_ms = 90", "scanner.key_ms: 90 is outside 5 to 60"},
		{"[scale]\nevery_ms = 1", "scale.every_ms: 1 is outside"},
		{"[printer.label]\ndpi = 200", "printer.label.dpi: 200 is not known; write 203 or 300"},
		{"[printer.label]\nkind = \"cups\"", "printer.label.queue: is empty"},
		{"[[lane]]\nid = \"A B\"", "lane 1.id: \"A B\""},
		{"[[lane]]\nid = \"A\"", "lane 1.carrier: is empty"},
		{"[printer.label]\nkind = \"zpl\"", "printer.label.address: is empty"},
		{"[printer.slip]\nkind = \"fax\"", "printer.slip.kind: \"fax\" is not known"},
		{"[printer]\nwith_label = \"slip, poem\"", "printer.with_label: \"poem\" is not known"},
		{"[printer.paper]\nqueue = \"-o raw\"", "printer.paper.queue: "},
		{"[weight]\npercent = 90", "weight.percent: 90 is outside 0 to 50"},
		{"[weight]\npercent = 0.05", "at most one decimal"},
		{"[weight]\ngrams = \"15\"", "at most one decimal"},
		{"[rules]\noverride = \"boss\"", "rules.override: \"boss\" is not known; write one of packer"},
		{"[rules]\nlock_after = -1", "rules.lock_after: -1"},
		{"[sender]\ncountry = \"Germany\"", "sender.country: \"Germany\""},
		{"[gs1]\ncompany_prefix = \"12\"", "gs1.company_prefix: \"12\""},
		{"[gs1]\nextension = \"x\"", "gs1.extension: "},
		{"[gs1]\ndomain = \"https://id.example.com/\"", "gs1.domain: "},
		{"[gs1]\ndomain = \"localhost\"", "gs1.domain: \"localhost\" is not a domain"},
		{"[gs1]\ndomain = \"id.example:8080\"", "gs1.domain: "},
		{"[gs1]\ndomain = \"a..b\"", "gs1.domain: "},
		{"[gs1]\ndomain = \".a.b\"", "gs1.domain: "},
		{"[gs1]\ndomain = \"a.b.\"", "gs1.domain: "},
		{"[gs1]\ndomain = \"-a.b\"", "gs1.domain: "},
		{"[gs1]\ndomain = \"" + strings.Repeat("a", 58) + ".de\"", "gs1.domain: "},
		{"[[shift]]\nname = \"1\"\nfrom = \"6\"\nto = \"14:00\"", "shift 1.from: \"6\" is not a time"},
		{"[[shift]]\nname = \"1\"\nfrom = \"06:00\"\nto = \"06:00\"", "shift 1.to: begins and ends at the same time"},
	}
	for _, tt := range tests {
		if _, err := Decode([]byte(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: got %v, want %s", tt.text, err, tt.want)
		}
	}
}

func TestSaveRefusesFaultsAndKeepsTheOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), File)
	if err := Save(path, Default()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	broken := Default()
	broken.Theme = "pink"
	if err := Save(path, broken); err == nil || !strings.Contains(err.Error(), "theme") {
		t.Errorf("saved a fault: %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Error("the old file changed")
	}
	if err := Save(filepath.Join(t.TempDir(), "none", File), Default()); err == nil {
		t.Error("saved into a folder that is not there")
	}
}

func TestMissingFileIsTold(t *testing.T) {
	if _, err := Load(filepath.Join(t.TempDir(), File)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestSampleSettings(t *testing.T) {
	files, err := assets.Sample()
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(files, "station.toml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if s.Station != "S1" || s.Weight.Permille() != 20 || s.Sender.Address().Country != "DE" {
		t.Errorf("settings %+v", s)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(Default().Encode())
	f.Add([]byte("station = \"S1\"\n[[shift]]\nname=\"a\""))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Decode(data)
		if err != nil {
			return
		}
		again, err := Decode(s.Encode())
		if err != nil {
			t.Fatalf("%v\n%s", err, s.Encode())
		}
		if len(s.Shifts) == 0 {
			s.Shifts, again.Shifts = nil, nil
		}
		if !reflect.DeepEqual(s, again) {
			t.Errorf("got %+v\nwant %+v", again, s)
		}
	})
}

// Files of older versions name one printer for all customs papers: who chose
// one keeps it, who did not has the small declaration on the label printer.
func TestOlderFilesKeepTheirPrinterForCustomsPapers(t *testing.T) {
	for _, c := range []struct{ text, customs, small string }{
		{"", "paper", "label"},
		{"[printer.customs]\nkind = \"paper\"\n", "paper", "label"},
		{"[printer.customs]\nkind = \"cups\"\nqueue = \"Office\"\npage = \"a4\"\n", "cups", "cups"},
		{"[printer.customs]\nkind = \"cups\"\nqueue = \"Office\"\n[printer.cn22]\nkind = \"paper\"\n", "cups", "paper"},
	} {
		s, err := Decode([]byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if s.Printers.Customs.Kind != c.customs || s.Printers.CN22.Kind != c.small || s.Printers.For("cn22").Kind == "" {
			t.Errorf("%q: %+v, %+v", c.text, s.Printers.Customs, s.Printers.CN22)
		}
	}
	s := Default()
	if got := s.Printers.For("cn22"); got != s.Printers.Label {
		t.Errorf("the small declaration is for %+v", got)
	}
	s.Printers.Label.Page = "a4" // a sheet is no label
	if got := s.Printers.For("cn22"); got != s.Printers.Paper {
		t.Errorf("with sheets in the label printer it is for %+v", got)
	}
}

// A11: what cannot be a bench's name is refused wherever a name comes in.
func TestNamesOfBenches(t *testing.T) {
	for name, good := range map[string]bool{
		"S1": true, "Packing12": true, "": false, "S 1": false, "S/1": false, "desk": false, "Desk": false, "Carrier": false, "S1234567890123": false, "S1\n": false, "Ö1": false,
	} {
		if err := CheckStation(name); (err == nil) != good {
			t.Errorf("%q: %v", name, err)
		}
	}
}
