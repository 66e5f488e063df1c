package setup

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/papers/cards"
	"packbench/devices/printer"
	"packbench/devices/scanner"
	"packbench/station/config"
	"packbench/station/say"
	"packbench/station/screen"
)

// learner sets one scanner up by the calibration sheet. While there is one no
// scan goes to the bench.
type learner struct {
	device  string
	kind    string
	changed func()

	mu      sync.Mutex // keys come from the window, bytes from the port
	doctor  *scanner.Doctor
	hid     *scanner.HIDPOS // takes the reports of a USB scanner apart
	fed     bool            // something came that is not judged yet
	shown   scanner.Progress
	printed string
	busy    bool

	letter time.Time // when the last letter came to the page; run's goroutine owns it
}

// learn opens the page that sets a scanner up.
func (p *Page) learn(device string) {
	now := p.Running()
	s := bench.ScannerOf(&now, device)
	searching := p.search != nil && p.search.stop != nil // it starts the devices again at its end
	if s.Kind == "none" || s.Kind == "rfid" || searching || p.learner != nil {
		return
	}
	l := &learner{device: device, kind: s.Kind, doctor: scanner.NewDoctor(), changed: p.host.Changed}
	to := &bench.Learning{Key: l.key, Rune: l.char, Tick: l.tick}
	switch s.Kind {
	case "serial":
		to.Device, to.Bytes = device, l.bytes
	case "hid":
		l.hid = scanner.NewHIDPOS(scanner.Options{})
		to.Device, to.Bytes = device, l.reports
	case "keyboard": // let go of, it types into the window
		live := p.host.Live()
		p.host.Ask(func(context.Context) func() {
			live.Stop(device)
			return nil
		})
	}
	p.host.Live().Learn(to)
	p.learner, p.notice = l, ""
	p.host.Open(screen.PageDoctor)
}

// StopLearning ends the setting up, when the page was left in whatever way.
func (p *Page) StopLearning() {
	l := p.learner
	if l == nil {
		return
	}
	p.learner = nil
	p.host.Live().Learn(nil)
	if l.kind == "keyboard" {
		p.host.Restart(p.Running())
	}
}

func (l *learner) feed(do func(*scanner.Doctor)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	do(l.doctor)
	l.fed = true
}

// typing reports whether this scanner is one that types; what a person types
// while another one is set up is no code.
func (l *learner) typing() bool { return l.kind == "wedge" || l.kind == "keyboard" }

func (l *learner) key(k scanner.Key) {
	if l.typing() && !pageKey(k.Code) {
		l.feed(func(d *scanner.Doctor) { d.Key(k) })
	}
}

// pageKey reports whether a key is one that moves about the page, and that no
// scanner sends.
func pageKey(code int) bool {
	switch scanner.KeyName(code) {
	case "Enter", "Tab", "Space", "Backspace", "F8", "":
		return false
	}
	return true
}

func (l *learner) char(r rune, at time.Time) {
	if l.typing() {
		l.feed(func(d *scanner.Doctor) { d.Rune(r, at) })
	}
}

func (l *learner) bytes(data []byte, at time.Time) {
	l.feed(func(d *scanner.Doctor) { d.Bytes(data, at) })
}

func (l *learner) reports(data []byte, at time.Time) {
	l.feed(func(d *scanner.Doctor) {
		for _, f := range l.hid.Feed(data, at) {
			d.Code(f)
		}
	})
}

// tick lets the doctor judge what has come; the page is shown again when that
// changed something.
func (l *learner) tick(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.fed {
		return
	}
	if l.hid != nil {
		for _, f := range l.hid.Silence(now) {
			l.doctor.Code(f)
		}
	}
	l.doctor.Tick(now)
	if p := l.doctor.Progress(); !reflect.DeepEqual(p, l.shown) {
		l.shown = p
		l.changed()
	}
}

// letterRest is how long after a letter a key is that of a person again.
const letterRest = time.Second

// person reports whether a key of the page came from a person. A scanner that
// types slowly is taken for one elsewhere; here its letters mean nothing, and
// the Enter or Tab at the end of its code presses no button.
func (l *learner) person(key string, at time.Time) bool {
	letter := len([]rune(key)) == 1 || key == "Space" || key == "F8" || strings.HasPrefix(key, "Ctrl ]")
	if letter && key != "Space" {
		l.letter = at
		return false
	}
	return at.Sub(l.letter) >= letterRest
}

// view is the page.
func (l *learner) view(frame screen.Frame) screen.View {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.doctor.Progress()
	in := screen.DoctorInputs{
		Frame: frame, Device: deviceWords(l.device), Next: p.Next, Ready: p.Ready, Last: p.Last, Words: told(frame.Lang, p.Words.Text),
		Printed: l.printed, Printing: l.busy,
	}
	switch p.Words.Kind {
	case scanner.ReadNothing:
	case scanner.ReadGood:
		in.Kind = screen.ReadGood
	case scanner.ReadFaulty:
		in.Kind = screen.ReadFaulty
	case scanner.ReadForeign:
		in.Kind = screen.ReadForeign
	default:
		in.Kind = screen.ReadBad
	}
	for _, line := range p.Lines {
		in.Lines = append(in.Lines, screen.DoctorLine{
			Title: line.Title, Optional: line.Optional, Done: line.State == scanner.LineDone, Again: line.State == scanner.LineAgain,
		})
	}
	if p.Ready {
		r := l.doctor.Result()
		in.Findings = findings(frame.Lang, r)
		for _, a := range r.Advice {
			in.Advice = append(in.Advice, screen.Advice{Words: told(frame.Lang, a.Words), Why: told(frame.Lang, a.Why)})
		}
	}
	return screen.Doctor(in)
}

func deviceWords(device string) string {
	if device == bench.SecondScanner {
		return "scanner 2"
	}
	return "scanner"
}

// told is what the doctor says in a language. Of its arguments, words are told too.
func told(l say.Language, t scanner.Text) string {
	args := slices.Clone(t.Args)
	for i := 1; i < len(args); i += 2 {
		args[i] = strings.ReplaceAll(l.Phrase(args[i]), " and ", l.Phrase(" and "))
	}
	return l.Say(t.Phrase, args...)
}

// findings says what was learnt in plain words, which the page tells in its language.
func findings(l say.Language, r scanner.Result) []screen.Finding {
	out := []screen.Finding{{Name: "It sends", Value: "bytes of a port"}}
	if r.Typed {
		out[0].Value = "keys, like a keyboard"
		out = append(out, screen.Finding{Name: "Keyboard layout", Value: scanner.LayoutTitle(r.Layout)},
			screen.Finding{Name: "Speed", Value: l.Say("{n} ms a key", "n", strconv.FormatInt(r.KeyGap.Milliseconds(), 10))})
	}
	separator := cmp.Or(map[scanner.Separator]string{
		scanner.SeparatorUnknown: "not known", scanner.SeparatorSent: "sent as it is", scanner.SeparatorDropped: "dropped",
		scanner.SeparatorReplaced: l.Say("replaced by {characters}", "characters", l.Phrase(characters(r.GS))),
	}[r.Separator], l.Say("sent as {key}", "key", string(r.Separator)))
	aim := "not sent"
	if r.AIM {
		aim = "sent"
	}
	return append(out, screen.Finding{Name: "Prefix", Value: characters(r.Prefix)}, screen.Finding{Name: "Suffix", Value: characters(r.Suffix)},
		screen.Finding{Name: "GS1 separator", Value: separator}, screen.Finding{Name: "AIM identifier", Value: aim})
}

// characters writes what cannot be seen by its name.
func characters(text string) string {
	switch text {
	case "":
		return "none"
	case "\r":
		return "Enter"
	case "\t":
		return "Tab"
	case " ":
		return "a space"
	}
	return screen.Readable([]byte(text))
}

// keepLearnt writes what was learnt into the settings of that scanner.
func (p *Page) keepLearnt() {
	l := p.learner
	if l == nil {
		return
	}
	l.mu.Lock()
	ready, result := l.doctor.Progress().Ready, l.doctor.Result()
	l.mu.Unlock()
	if !ready || p.saving { // what was learnt stays until it can be kept
		return
	}
	next := p.Running()
	taught(&next, l.device, result)
	p.host.Open(screen.PageSettings)
	p.StopLearning()
	p.keep(next, func(why string) {
		if why == "" && p.draft != nil {
			taught(p.draft, l.device, result)
		}
	})
}

// taught puts a result into the settings of a scanner.
func taught(s *config.Settings, device string, r scanner.Result) {
	of := bench.ScannerOf(s, device)
	of.Prefix, of.GS, of.AIM = r.Prefix, r.GS, r.AIM
	of.KeyMS = int(r.PerKey.Milliseconds())
	if r.Typed && r.Layout != "" {
		of.Layout = r.Layout
	}
	of.Suffix = "none"
	for _, end := range []struct{ name, bytes string }{{"crlf", "\r\n"}, {"cr", "\r"}, {"lf", "\n"}, {"tab", "\t"}} {
		if strings.HasSuffix(r.Suffix, end.bytes) {
			of.Suffix = end.name
			break
		}
	}
}

// printSheet prints the calibration sheet on the printer for paper.
func (p *Page) printSheet() {
	l := p.learner
	if l == nil || l.busy {
		return
	}
	l.busy = true
	paper, in := p.Running().Printers.For("sheets"), p.host.Language()
	p.host.Ask(func(ctx context.Context) func() {
		words := p.sendSheet(ctx, in, paper)
		return func() { l.busy, l.printed = false, words }
	})
}

func (p *Page) sendSheet(ctx context.Context, l say.Language, paper config.Printer) string {
	sheet, err := cards.New(p.folder).CalibrationSheet()
	if err != nil {
		return firstLine(err)
	}
	words, _ := Send(ctx, l, effects.NewPrinter(paper, p.folder.DocumentsDir()), paper, printer.Job{Name: "calibration-" + time.Now().Format("150405"), Kind: sheet.Kind, PDF: sheet.PDF, ZPL: sheet.ZPL}, "the sheet")
	return words
}
