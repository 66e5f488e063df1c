package desktop

import (
	"strings"
	"time"

	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/unit"
)

// Intent takes what a person touched, from any goroutine.
func (f *Front) Intent(in screen.Intent) {
	f.Do(func() {
		f.act(in)
		f.view = f.compose() // the next touch means what it means now
	})
}

// act carries out what a person wants. It runs on Run's goroutine.
func (f *Front) act(in screen.Intent) {
	f.touched = time.Now()
	switch in.Kind {
	case screen.IntentCommand:
		f.Help, f.Entry = false, nil
		if !f.tooSoon(in.Command) {
			f.press(in.Command)
		}
	case screen.IntentScan:
		f.Scan(in.Value)
	case screen.IntentPage:
		f.openPage(in)
	case screen.IntentFocus:
		f.Focus = in.Name
	case screen.IntentHelp:
		f.Help = !f.Help
	case screen.IntentTheme:
		if f.Theme == screen.Dark {
			f.Theme = screen.Light
		} else {
			f.Theme = screen.Dark
		}
	case screen.IntentSelect:
		f.Selected[in.Name] = in.Value
		f.Stale = true
	case screen.IntentEdit, screen.IntentType, screen.IntentKeys, screen.IntentPaste:
		f.field(in)
	case screen.IntentEnter:
		f.enter(in)
	case screen.IntentCancel:
		if f.Entry != nil && f.Entry.ID == "driver" { // to leave the field is to leave the question
			f.press(pack.Command{Name: "back"})
		}
		f.Entry, f.Help, f.Focus = nil, false, ""
	default:
		f.actElsewhere(in)
	}
}

// field opens a field, or changes the open one. The window still holds that of before.
func (f *Front) field(in screen.Intent) {
	var entry screen.Entry
	switch {
	case in.Kind == screen.IntentEdit:
		f.Help = false
		entry = screen.EntryFor(in)
		f.setup.Name(&entry)
		f.shops.Name(&entry)
		f.accounts.Name(&entry)
		f.messages.Name(&entry)
		f.hub.Name(&entry)
		f.rules.Name(&entry)
		f.columns.Name(&entry)
		entry.Languages = f.Languages()
	case f.Entry == nil:
		return
	case in.Kind == screen.IntentPaste:
		f.paste(f.Entry.ID)
		return
	case in.Kind == screen.IntentType:
		if f.Entry.ID != in.Name { // another field was opened meanwhile
			return
		}
		entry = f.Entry.Type(in.Value)
	default:
		entry = *f.Entry
		entry.Layer, entry.Caps = in.Name, screen.Caps(in.Value)
	}
	f.Entry = &entry
}

// paste puts what is on the clipboard into a field, if it is still open by then.
func (f *Front) paste(field string) {
	f.Window.Paste(func(text string) {
		f.Do(func() {
			if f.Entry != nil && f.Entry.ID == field {
				entry := f.Entry.Pasted(text)
				f.Entry = &entry
			}
		})
	})
}

// openPage opens a page as it is before anything is chosen there.
func (f *Front) openPage(in screen.Intent) {
	from := f.Page
	f.Open(screen.Page(in.Name))
	if in.Value != "" && f.Page != screen.PageOutbox && f.Page != screen.PageTrace {
		f.Selected["group"] = in.Value
	}
	f.Stale = true
	f.setup.Left()
	if from == screen.PageShop && in.Value != screen.DevicesTab {
		f.setup.ThenBack(from)
	}
	f.shift.Opened()
	f.figures.Opened()
	f.boxes.Opened()
	f.cases.Opened()
	f.queue.Choose("", "")
	f.shops.Opened()
	f.accounts.Opened()
	f.messages.Opened()
	f.hub.Opened()
	f.rules.Opened()
	f.columns.Opened()
	f.outbox.Opened("")
	f.after.Opened()
	f.owed.Opened()
	f.goods.Opened(f.Page)
	if f.Page == screen.PageTrace && in.Value != "" {
		f.trace.Find(in.Value)
	}
	if f.Page == screen.PageOutbox {
		f.outbox.Opened(in.Value)
	}
}

// actor is a page that knows its own intents.
type actor interface{ Act(screen.Intent) }

// actElsewhere carries out the intents of the other pages and of the demo.
func (f *Front) actElsewhere(in screen.Intent) {
	switch in.Kind {
	case screen.IntentNarrow:
		f.cases.Narrow(in.Name, in.Value)
	case screen.IntentFilter:
		switch f.Page {
		case screen.PageQueue:
			f.queue.Choose(in.Value, in.Name)
		case screen.PageOutbox:
			f.outbox.Choose(in.Value)
		case screen.PageStock:
			f.goods.Stock.Choose(in.Value)
		case screen.PageCatalogue:
			f.goods.Catalogue.Find(in.Name)
		default:
			f.cases.Choose(in.Value, in.Name)
		}
	case screen.IntentResolve:
		f.cases.Resolve(in.Name, in.Value)
	case screen.IntentSimilar:
		f.cases.ResolveSimilar(in.Name, in.Value)
	case screen.IntentCase:
		if f.Page == screen.PageBoard {
			f.board.Unlock(in.Name)
			return
		}
		f.cases.Act(in.Name, in.Value)
	case screen.IntentRequeue:
		f.queue.PutBack(in.Name)
	case screen.IntentLink:
		f.cases.LinkTo(in.Name, in.Value)
	case screen.IntentFolder:
		if page, is := f.open().(interface{ OpenFolder() }); is {
			page.OpenFolder()
		}
	case screen.IntentExport:
		if page, is := f.open().(interface{ Export(format string) }); is {
			page.Export(in.Value)
		}
	case screen.IntentStock:
		f.goods.Act(in)
	case screen.IntentReprint:
		f.trace.Again(engine.Press{Command: pack.Command{Name: "reprint"}})
	case screen.IntentManifest:
		f.dock.Print(in.Name)
	default:
		if in.Kind == screen.IntentSetting { // chosen of a list, which is done with
			f.Entry = nil
		}
		for _, page := range []actor{f.setup, f.shop, f.shops, f.accounts, f.messages, f.hub, f.rules, f.outbox, f.after, f.owed, f.columns} {
			page.Act(in)
		}
	}
	if f.panel != nil {
		f.panel.Act(in)
	}
}

// doubleTap is how long a question that cannot be undone hears no answer: the second
// tap of a hand that taps twice is none.
const doubleTap = 600 * time.Millisecond

// tooSoon reports whether a command answers a question that was put just now and
// whose answer cannot be undone.
func (f *Front) tooSoon(c pack.Command) bool {
	return c.Name == "choose" && f.Folder.Clock().Sub(f.sure) < doubleTap
}

// press posts a command of a button or a key.
func (f *Front) press(c pack.Command) { f.Bench.Engine.Post(engine.Press{Command: c}) }

// enter finishes a field with what it reads by now: the window may still show less. A
// second touch finds it closed.
func (f *Front) enter(in screen.Intent) {
	switch e := f.Entry; {
	case in.Value != "": // said with the intent
	case e == nil || e.ID != in.Name:
		return
	default:
		in.Value = e.Text
	}
	text := strings.TrimSpace(in.Value)
	f.Entry = nil
	switch in.Name {
	case "weight":
		if _, err := unit.ParseMass(text); err != nil { // a bare number may be grams or kilograms
			e := screen.EntryFor(in)
			e.Bad, e.Hint = true, "Add a unit: 1.25 kg or 1250 g"
			f.Entry = &e
			return
		}
		fallthrough
	case "code", screen.EntryParcel, screen.EntryLot, screen.EntrySerial, screen.EntryExpiry:
		if l := f.Bench.Engine.State().Loading; l != nil && l.Driver { // the digits of a label are no driver's name
			f.Bench.Engine.Post(engine.Scan{Device: engine.Typed, Data: text})
			return
		}
		f.Bench.Engine.Post(engine.Entry{Text: text})
	case screen.EntryPIN:
		f.Bench.Engine.Post(engine.PIN{Text: text})
	case "carton":
		f.press(pack.Command{Name: "carton", Value: strings.ToUpper(text)})
	case "driver", screen.EntryPlace, screen.EntryBlind, screen.EntryTracking:
		f.press(pack.Command{Name: typedFor[in.Name], Value: text})
	case screen.EntryFind:
		f.cases.Find(text)
	case screen.EntryQueue:
		f.queue.Find(text)
	case screen.EntryDay:
		f.shift.Day(text)
	case screen.EntryNote:
		f.cases.Note(text)
	case screen.EntryLink:
		f.cases.FindProduct(text)
	case screen.EntryFactor, screen.EntryCaseWeight, screen.EntryCasePack:
		f.cases.Correct(in.Name, text)
	case "trace":
		f.trace.Typed(text)
	case "count":
		f.press(pack.ReadCommand("count", f.countedLine(), text))
	default:
		if !f.shop.Typed(in.Name, text) && !f.shops.Typed(in.Name, text) && !f.accounts.Typed(in.Name, text) && !f.messages.Typed(in.Name, text) && !f.hub.Typed(in.Name, text) && !f.rules.Typed(in.Name, text) && !f.outbox.Typed(in.Name, text) && !f.goods.Typed(in.Name, text) && !f.owed.Typed(in.Name, text) {
			if f.setup.Change(in.Name, text) && in.Next != "" {
				f.field(screen.Intent{Kind: screen.IntentEdit, Name: in.Next, Value: f.setup.Value(in.Next)})
			}
		}
	}
}

// typedFor are the commands whose value is typed into a field.
var typedFor = map[string]string{"driver": "driver", screen.EntryPlace: "place", screen.EntryBlind: "blind", screen.EntryTracking: "label-there"}

// countedLine is the line that a typed count is for: the chosen one, or the
// only open one that may be counted; "" lets the bench ask.
func (f *Front) countedLine() string {
	w := f.Bench.Engine.State().Work
	if w == nil {
		return ""
	}
	if l := w.Line(f.Selected["line"]); l != nil && l.Open() > 0 {
		return l.ID
	}
	line := ""
	for _, l := range w.Lines {
		if l.Count && l.Open() > 0 {
			if line != "" {
				return ""
			}
			line = l.ID
		}
	}
	return line
}
