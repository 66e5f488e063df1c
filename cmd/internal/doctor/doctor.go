// Package doctor looks at a data folder and at the devices that its settings name, and
// says what is wrong and how to mend it.
//
// It changes nothing of the shop's: what is broken must still be there for who mends
// it. [Examine] takes a path, because the folder may be the patient; [FindScale]
// listens for the scale that a person has just plugged in.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"packbench/assets/fonts"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/papers"
	"packbench/devices"
	"packbench/devices/printer"
	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station/config"
	"packbench/station/journal"
	"packbench/station/store"
	"packbench/station/trace"
)

// Check is one thing that the doctor looked at. Fix says what to do where it
// is not OK.
type Check struct {
	Check   string `json:"check"`
	OK      bool   `json:"ok"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
}

func good(check, message string) Check { return Check{Check: check, OK: true, Message: message} }

func bad(check, message, fix string) Check { return Check{Check: check, Message: message, Fix: fix} }

// Examine looks at everything that a bench needs, and changes nothing but the
// documents folder, which it makes where it is missing. It works without a data
// folder too.
func Examine(ctx context.Context, dir string, o folder.Options) []Check {
	out := []Check{checkFonts()}
	if err := folder.CheckDir(dir); err != nil || !folder.Exists(dir) {
		message, fix := "there is no data folder at "+dir, "run: packctl init --data "+dir
		var missing *folder.NotInitialised
		if err != nil && !errors.As(err, &missing) {
			message, fix = err.Error(), "choose another folder with --data"
		}
		return append(out, bad("data", message, fix))
	}
	out = append(out, good("data", dir), checkWritable(dir), checkKey(filepath.Join(dir, folder.TraceKeyFile)))
	settings, err := config.Load(filepath.Join(dir, config.File))
	if err != nil {
		out = append(out, bad("settings", err.Error(), "correct "+config.File+" as it says"))
		settings = config.Default()
	} else {
		out = append(out, good("settings", "station "+settings.Station+", "+settings.Name))
		out = append(out, checkLanguage(settings.Language)...)
		out = append(out, checkSpeech(settings)...)
	}
	out = append(out, checkDatabase(ctx, dir, settings, o)...)
	out = append(out, checkRights(dir)...)
	for _, cut := range folder.Unfinished(dir) {
		out = append(out, bad("import", cut.What+" was cut short: "+cut.Left, strings.ToLower(cut.Fix[:1])+cut.Fix[1:]))
	}
	documents := (&folder.Folder{Dir: dir, Settings: settings}).DocumentsDir()
	if err == nil && settings.Sender.Country == "" {
		out = append(out, good("sender", "the sender has no country yet, so that no parcel gets customs papers: choose it in the settings, under Sender"))
	}
	if err == nil {
		out = append(out, CheckCustoms(settings)...)
	}
	out = append(out, checkPrinters(ctx, settings.Printers, documents)...)
	return append(out, checkPorts(settings)...)
}

// CheckCustoms names what customs papers leave a line to write on for, because
// the settings do not say it.
func CheckCustoms(s config.Settings) []Check {
	if s.Sender.Country == "" {
		return nil // there are none
	}
	var lacks []string
	numbers := ""
	for _, n := range s.Customs.Numbers {
		numbers += n.Number
	}
	for _, f := range []struct{ value, words string }{
		{s.Sender.Phone, "the sender's phone"},
		{s.Customs.Tax + numbers, "the EORI or VAT number"},
		{s.Customs.Terms, "the terms of delivery"},
	} {
		if strings.TrimSpace(f.value) == "" {
			lacks = append(lacks, f.words)
		}
	}
	if len(lacks) == 0 {
		return nil
	}
	return []Check{good("customs papers", "a line is left to fill in by hand for "+strings.Join(lacks, ", ")+"; type it in the settings, under Sender, to have it printed")}
}

// checkPrinters asks the two printers, and each that a kind of document has of
// its own.
func checkPrinters(ctx context.Context, p config.Printers, documents string) []Check {
	out := []Check{checkPrinter(ctx, "label printer", p.Label, documents), checkPrinter(ctx, "paper printer", p.Paper, documents)}
	asked := []config.Printer{p.Label, p.Paper}
	for _, kind := range []string{"slip", "inside", "return", "customs", "cn22", "manifest", "sheets"} {
		if own := p.For(kind); !slices.Contains(asked, own) {
			asked = append(asked, own)
			out = append(out, checkPrinter(ctx, kind+" printer", own, documents))
		}
	}
	return out
}

// checkFonts draws a letter of each script that the fonts hold.
func checkFonts() Check {
	for _, name := range fonts.All() {
		if _, err := fonts.Bytes(name); err != nil {
			return bad("fonts", fmt.Sprintf("font %s: %v", name, err), "install packbench again")
		}
	}
	sheet := labels.Sheet{Title: "Łódź Αθήνα 東京 서울 ไทย", Cards: []labels.Card{{Title: "Doctor", Code: "PB:command:undo"}}}
	layout, missing, err := labels.CardSheet(sheet, labels.Profile{Name: "doctor", DPI: 203, Paper: labels.Paper4x6()})
	if err == nil && len(missing) > 0 {
		err = errors.New(missing[0].String())
	}
	if err == nil {
		_, err = pdf.Encode(layout)
	}
	if err != nil {
		return bad("fonts", err.Error(), "install packbench again")
	}
	return good("fonts", fmt.Sprintf("%d fonts, Latin, Greek, Cyrillic, Hebrew, Arabic, Thai, Chinese, Japanese and Korean", len(fonts.All())))
}

// checkWritable writes a file as large as a few labels, and removes it.
func checkWritable(dir string) Check {
	const check = "permissions"
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return bad(check, dir+" cannot be written: "+plainError(err), "give this user the right to write there, or free some space")
	}
	_, err = f.Write(make([]byte, 256<<10))
	err = errors.Join(err, f.Close(), os.Remove(f.Name()))
	if err != nil {
		return bad(check, dir+" cannot be written: "+plainError(err), "free some space on this disk")
	}
	if info, err := os.Stat(dir); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return good(check, "the data folder can be written; others on this computer can look into it: chmod 700 "+dir+" forbids that")
	}
	return good(check, "the data folder can be written, and nobody else can look into it")
}

// checkRights tells of files that others on this computer may read. The store closes
// what older programs left open, where the files are this user's own.
func checkRights(dir string) []Check {
	var open []string
	for _, name := range []string{store.FileName, store.FileName + "-wal", folder.TraceKeyFile, folder.BadgeKeyFile, store.MarkName, config.File} {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && store.OthersRead(info) {
			open = append(open, filepath.Join(dir, name))
		}
	}
	if len(open) == 0 {
		return nil
	}
	return []Check{bad("file rights", "others on this computer may read "+strings.Join(open, ", ")+": buyers' addresses and keys", "run: chmod go-rwx "+strings.Join(open, " "))}
}

// plainError is the innermost cause of a file error.
func plainError(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

func checkKey(path string) Check {
	keys, err := trace.Load(path)
	var file *trace.FileError
	if errors.As(err, &file) {
		return bad("trace key", fmt.Sprintf("%s: %v", path, file.Err), file.Hint)
	}
	if err != nil {
		return bad("trace key", err.Error(), "run packctl doctor again; if it repeats, tell your administrator")
	}
	if len(keys) == 1 {
		return good("trace key", "1 key, readable by this user only")
	}
	return good("trace key", fmt.Sprintf("%d keys, readable by this user only", len(keys)))
}

// checkDatabase opens the database, follows every chain, and compares the
// clock with the newest row.
func checkDatabase(ctx context.Context, dir string, settings config.Settings, o folder.Options) []Check {
	db, err := store.Open(ctx, filepath.Join(dir, store.FileName), store.Options{Codec: folder.Codec(), Stands: true, Busy: 2 * time.Second, Copy: settings.NumbersCopy})
	if err != nil {
		return []Check{databaseTrouble(dir, err)}
	}
	defer func() { _ = db.Close() }()
	if err := db.Integrity(ctx, false); err != nil {
		return []Check{databaseTrouble(dir, err)}
	}
	if altered, err := db.Altered(ctx); err != nil {
		return []Check{databaseTrouble(dir, err)}
	} else if len(altered) > 0 {
		return checkAltered(altered)
	}
	var settingsAltered *folder.SettingsAltered
	if err := folder.CheckSettings(ctx, db, filepath.Join(dir, config.File)); errors.As(err, &settingsAltered) {
		return []Check{bad("settings", "the settings in "+config.File+" are not what was written: the disk has changed them", settingsAltered.Hint())}
	}
	writers, err := db.Writers(ctx)
	if err != nil {
		return []Check{databaseTrouble(dir, err)}
	}
	rows, newest := int64(0), time.Time{}
	for _, w := range writers {
		chain, err := journal.Chain{Writer: w}.Verify(db.Rows(ctx, w, 1))
		var broken *journal.Broken
		if errors.As(err, &broken) {
			return []Check{bad("database", err.Error(), "find out who changed the database; restore the last backup")}
		}
		if err != nil {
			return []Check{databaseTrouble(dir, err)}
		}
		rows += chain.Seq
		if chain.Seq > 0 {
			last, err := db.Row(ctx, w, chain.Seq)
			if err != nil {
				return []Check{databaseTrouble(dir, err)}
			}
			if last.At.After(newest) {
				newest = last.At
			}
		}
	}
	d := &folder.Folder{Dir: dir, Settings: settings, Store: db, Seen: -1}
	return append([]Check{
		good("database", fmt.Sprintf("%d journal rows, every chain is whole", rows)), checkClock(o.Now(), newest), checkNumbers(ctx, d),
	}, append(checkCopies(store.NoticesCopies(d.Path(store.FileName)), virtual(), settings.NumbersCopy), append(checkBadges(ctx, db, dir), append(checkHub(ctx, db, dir), CheckClashes(ctx, d)...)...)...)...)
}

// checkBadges tells of badges that nobody can sign in with any more.
func checkBadges(ctx context.Context, db *store.Store, dir string) []Check {
	lost, err := folder.LostBadges(ctx, db, dir)
	if err != nil {
		return []Check{databaseTrouble(dir, err)}
	}
	if lost == 0 {
		return nil
	}
	return []Check{bad("badges", fmt.Sprintf("%d badges are kept under a key that is not in %s: nobody can sign in with them", lost, folder.BadgeKeyFile),
		"put that file back from the backup; if it is lost, import the people again: packctl import people FILE")}
}

// checkAltered tells what the disk has changed, together what is mended in one way.
func checkAltered(altered []store.Damage) (out []Check) {
	for len(altered) > 0 {
		kind := altered[0].Kind
		var same []string
		altered = slices.DeleteFunc(altered, func(d store.Damage) bool {
			if d.Kind == kind {
				same = append(same, d.What)
			}
			return d.Kind == kind
		})
		names := strings.Join(same[:min(len(same), 5)], ", ")
		if more := len(same) - 5; more > 0 {
			names += fmt.Sprintf(" and %d more", more)
		}
		out = append(out, bad("database", names+": "+kind.Error(), kind.Hint()))
	}
	return out
}

// CheckClashes tells of carriers that could give two parcels one tracking
// number. No card comes in any more that makes some; older versions took it.
func CheckClashes(ctx context.Context, d *folder.Folder) []Check {
	cards, _, err := d.Catalogue(ctx)
	if err != nil {
		return nil // told with the numbers
	}
	var out []Check
	for _, c := range cards.Clashes() {
		out = append(out, bad("tracking numbers", c.Error(), "import a rate card with another range for one of them: packctl import rates FILE"))
	}
	return out
}

// databaseTrouble sends nobody to a backup while the disk may be at fault: only a
// database that can be read byte by byte, and is none, is damaged.
func databaseTrouble(dir string, err error) Check {
	var f *store.Fault
	switch {
	case errors.Is(err, store.Corrupt):
		if err := readThrough(filepath.Join(dir, store.FileName)); err != nil {
			return bad("database", fmt.Sprintf("%s (%s)", store.Disk, plainError(err)), store.Disk.Hint())
		}
		return bad("database", "the database is damaged", "Stop working and restore the last backup.")
	case errors.As(err, &f):
		return bad("database", f.Kind.Error(), f.Kind.Hint())
	}
	return bad("database", err.Error(), "run packctl doctor again; if it repeats, tell your administrator")
}

func readThrough(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, file)
	return errors.Join(err, file.Close())
}

func checkClock(now, newest time.Time) Check {
	const fix = "set the computer's clock, and keep it set from the network"
	switch {
	case now.Year() < 2025:
		return bad("clock", "it says "+now.Format(time.DateTime)+", which can not be", fix)
	case newest.After(now.Add(time.Minute)):
		return bad("clock", fmt.Sprintf("it says %s, but the newest row of the journal is of %s", now.Format(time.DateTime),
			newest.In(now.Location()).Format(time.DateTime)), fix)
	}
	return good("clock", now.Format("2006-01-02 15:04:05 MST"))
}

func checkPrinter(ctx context.Context, check string, p config.Printer, documents string) Check {
	if _, err := papers.LabelProfile(p); err != nil {
		return bad(check, err.Error(), "correct it in "+config.File)
	}
	c, ok := effects.NewPrinter(p, documents).(printer.Checker)
	if !ok {
		return good(check, p.Kind)
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	s := c.Check(ctx, check)
	if s.Lamp == devices.Red {
		return bad(check, s.Trouble.Wrong(), s.Trouble.Advice())
	}
	return good(check, s.Trouble.Wrong())
}

// checkNumbers looks whether numbers may be given out, and what runs low.
func checkNumbers(ctx context.Context, d *folder.Folder) Check {
	const check = "numbers"
	err := d.Store.CheckNumbers(ctx)
	var conflict *store.Conflict
	if errors.As(err, &conflict) {
		return bad(check, fmt.Sprintf("no numbers can be issued: %s (%s)", conflict.Kind, conflict.Path), conflict.Hint())
	}
	if err != nil {
		return databaseTrouble(d.Dir, err)
	}
	ranges, err := d.Ranges(ctx)
	if err != nil {
		return bad(check, err.Error(), "import the rate cards again")
	}
	var low []string
	for _, r := range ranges {
		if r.Stock.Low() {
			low = append(low, r.Carrier+": "+r.Stock.Words())
		}
	}
	s, err := d.SSCCs(ctx)
	if err != nil {
		return databaseTrouble(d.Dir, err)
	}
	if s.Low() {
		return bad(check, fmt.Sprintf("only %d of %d SSCC numbers are left", s.Left, s.Size),
			folder.MoreSSCC)
	}
	if len(low) > 0 {
		return bad(check, strings.Join(low, "; "), "import a rate card with the new range: packctl import rates FILE")
	}
	return good(check, fmt.Sprintf("tracking numbers of %d carriers, none is running low", len(ranges)))
}
