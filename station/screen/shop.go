package screen

import (
	"slices"
	"strings"

	"packbench/station/say"
)

// The steps in which a shop is set up.
const (
	StepSender   = "sender"
	StepPeople   = "people"
	StepProducts = "products"
	StepCartons  = "cartons"
	StepRates    = "rates"
	StepOrders   = "orders"
	StepDevices  = "devices"
	StepParcel   = "parcel"
)

// ShopInputs is what the set-up page is made of.
type ShopInputs struct {
	Frame     Frame
	Sender    string // in one line, "" where it lacks what a label needs
	Products  int
	Cartons   int
	People    int
	Carriers  int
	Orders    int
	Parcels   int    // packed so far
	Devices   string // how they are connected
	Connected bool   // somebody has set a device
	Badges    int    // people whose badge can be printed now
	Chosen    string // a step, "": the first that is not done
	May       bool   // whether who is at the window may change anything
	Running   string // the step that works, "" for none
	Progress  string // how far it is
	Came      map[string]Came
	Unsaved   bool // settings were typed in and not saved
}

// Came is what a step's last work brought.
type Came struct {
	Words string   // what was done, or why nothing was
	Bad   bool     // nothing was taken
	Look  bool     // something was not taken
	Rows  []string // which rows were not taken and why, which to look at
	File  bool     // something was written into a file, whose folder can be shown
	// Rejects: the rows that were not taken can be written into a file.
	Rejects bool
}

// ShopView is the set-up page: the steps on the left, the chosen one on the right.
type ShopView struct {
	Title  string
	Sub    string
	Steps  []ShopStep
	Step   ShopDetail
	Locked string // why nothing can be changed
	Back   Action // to the settings, once somebody is signed in
}

// ShopStep is one line of the list.
type ShopStep struct {
	Title  string
	State  string
	Done   bool
	On     bool
	Select Action
}

// ShopDetail is the chosen step.
type ShopDetail struct {
	Title   string
	For     string // what it is for
	How     string // what to do, or what a file must hold
	State   string
	Done    bool
	Actions []Action
	Shape   Shape // of what was brought
	Colour  Colour
	Words   string
	Rows    []string
}

// shopStep is what is known of a step. Of what it says, steps puts the phrases into the
// language.
type shopStep struct {
	id, title, why, how, state string
	file                       bool // a file is to be chosen
	done                       bool
	actions                    []Action
}

// Shop makes the set-up page.
func Shop(in ShopInputs) View {
	view := in.Frame.view(PageShop, "settings")
	view.Header.Alert = ""
	steps, l := in.steps(), in.Frame.Lang
	v := &ShopView{Title: l.Phrase("Set up this shop")}
	done, at := 0, -1
	for i, s := range steps {
		if s.done {
			done++
		} else if at < 0 {
			at = i
		}
	}
	v.Sub = l.Say("{n} of {all} done. Everything can be changed later.", "n", digits(done), "all", digits(len(steps)))
	for i, s := range steps {
		if s.id == in.Chosen {
			at = i
		}
	}
	at = max(at, 0)
	for i, s := range steps {
		v.Steps = append(v.Steps, ShopStep{
			Title: s.title, State: s.state, Done: s.done, On: i == at,
			Select: Action{ID: "step:" + s.id, Label: s.title, Enabled: true, On: i == at, Intent: Intent{Kind: IntentSelect, Name: "step", Value: s.id}},
		})
	}
	view.Of = About("step", steps[at].id)
	v.Step = in.detail(steps[at])
	v.Step.Actions = append(v.Step.Actions, onward(l, steps, at, v.Step.Actions)...)
	if !in.May {
		v.Locked = l.Phrase("A manager's badge is needed to change anything here")
	}
	if in.Frame.Person.ID != "" {
		v.Back = Action{ID: "back", Label: l.Phrase("Back to settings"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageSettings)}}
	}
	view.Shop = v
	return view
}

// onward leads on from a step that is done to the first after it that is not.
func onward(l say.Language, steps []shopStep, at int, acts []Action) []Action {
	if !steps[at].done {
		return nil
	}
	for i := range steps {
		s := steps[(at+1+i)%len(steps)]
		if s.done || s.id == steps[at].id {
			continue
		}
		first := !slices.ContainsFunc(acts, func(a Action) bool { return a.Primary || a.ID == "stop" })
		return []Action{{ID: "next", Label: l.Say("Next: {step}", "step", s.title), Enabled: true, Primary: first, Intent: Intent{Kind: IntentSelect, Name: "step", Value: s.id}}}
	}
	return nil
}

// detail is the chosen step with what it brought.
func (in ShopInputs) detail(s shopStep) ShopDetail {
	l := in.Frame.Lang
	d := ShopDetail{Title: s.title, For: s.why, How: s.how, State: s.state, Done: s.done, Actions: s.actions}
	for i := range d.Actions {
		a := &d.Actions[i]
		if s.id != StepParcel {
			a.Enabled = a.Enabled && in.May && in.Running == ""
		}
	}
	if in.Running == s.id {
		d.Words, d.Shape, d.Colour = in.Progress, ShapeSquare, LampOff
		d.Actions = []Action{{ID: "stop", Label: l.Phrase("Stop"), Enabled: true, Intent: Intent{Kind: IntentChoose}}}
		return d
	}
	came, ok := in.Came[s.id]
	if !ok {
		return d
	}
	if came.File {
		d.Actions = append(d.Actions, Action{ID: "folder", Label: l.Phrase("Open folder"), Enabled: true, Intent: Intent{Kind: IntentFolder}})
	}
	if came.Rejects {
		d.Actions = append(d.Actions, Action{ID: "rejects", Label: l.Phrase("Save rejected rows"), Enabled: in.May, Intent: Intent{Kind: IntentRejects}})
	}
	d.Words, d.Rows, d.Shape, d.Colour = came.Words, came.Rows, ShapeTick, LampGreen
	switch {
	case came.Bad:
		d.Shape, d.Colour = ShapeCross, LampRed
	case came.Look:
		d.Shape, d.Colour = ShapeMark, LampAmber
	}
	return d
}

// steps are all steps, in the order in which they are best done.
func (in ShopInputs) steps() []shopStep {
	l, out := in.Frame.Lang, []shopStep{
		in.sender(),
		in.people(),
		in.products(),
		in.cartons(),
		in.files(StepRates, "Rates", in.Carriers, "carrier", "What each carrier asks, by country and weight. The best service is chosen from them.",
			"A table with carrier, service, country, up to kg and price, one row a price; best also days and number prefix (how the tracking numbers from the carrier begin)."),
		in.orders(),
		in.devices(),
		in.parcel(),
	}
	for i := range out {
		s := &out[i]
		s.title, s.why, s.how, s.state = l.Phrase(s.title), l.Phrase(s.why), l.Phrase(s.how), l.Phrase(s.state)
		if s.file {
			s.how = l.Say("{first} {second}", "first", s.how, "second", l.Phrase("Choose it, or drop it on this window."))
		}
		for n, a := range s.actions {
			s.actions[n].Label = l.Phrase(a.Label)
		}
	}
	return out
}

func (in ShopInputs) sender() shopStep {
	s := shopStep{
		id: StepSender, title: "Sender's address", why: "It is printed on every label and paper, and decides which parcels need customs papers.",
		how: "Type it in, then press Save.", state: orNone(in.Sender), done: in.Sender != "",
		actions: []Action{{ID: "sender", Label: "Type the address", Enabled: true, Primary: in.Sender == "", Intent: Intent{Kind: IntentPage, Name: string(PageSettings), Value: "Sender"}}},
	}
	if in.Unsaved {
		s.state = "typed in, not saved yet"
		s.how = "What you typed into the settings is not saved yet: open them and press Save."
		s.actions[0].Label = "Back to the address"
	}
	return s
}

// devices is done, too, once a parcel was packed with what is there.
func (in ShopInputs) devices() shopStep {
	s := shopStep{
		id: StepDevices, title: "Scanner, scale, printer", why: in.Devices,
		how:   "A scanner that types works at once. Labels are saved as PDF files until a printer is chosen. Without a scale a supervisor types the weight, or the worked-out weight is taken (Settings, Weight).",
		state: "not chosen yet", done: in.Connected || in.Parcels > 0,
		actions: []Action{
			{ID: "devices", Label: "Choose devices", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageSettings), Value: DevicesTab}},
			{ID: "cards:commands", Label: "Print command cards", Enabled: true, Intent: Intent{Kind: IntentCards, Name: "commands"}},
		},
	}
	switch {
	case in.Connected:
		s.state = in.Frame.Lang.Phrase("connected")
	case s.done:
		s.state = "as they are"
	}
	return s
}

func (in ShopInputs) people() shopStep {
	s := shopStep{
		id: StepPeople, title: "People and badges", why: "Whoever works at the bench scans a badge, so that each parcel has a name to it.",
		how:   "Begin with yourself, as manager. Badges are printed on one sheet: cut them out and keep them as safe as keys.",
		state: strings.Replace(in.held(in.People, "person"), "persons", "people", 1), done: in.People > 0,
	}
	add := func(role, label string) {
		s.actions = append(s.actions, Action{
			ID: "add:" + role, Label: label, Enabled: true, Primary: in.People == 0,
			Intent: Intent{Kind: IntentEdit, Name: PersonField + role},
		})
	}
	add("manager", "Add a manager")
	if in.People > 0 {
		s.how = "Badges are printed on one sheet: cut them out and keep them as safe as keys. To replace a lost badge, add the same name again."
		add("supervisor", "Add a supervisor")
		add("packer", "Add a packer")
	}
	s.actions = append(s.actions, choose(StepPeople, false))
	if in.Badges > 0 {
		s.actions = append(s.actions, Action{
			ID: "badges", Label: in.Frame.Lang.Say("Print {badges}", "badges", in.Frame.Lang.Many(in.Badges, "badge")), Enabled: true, Primary: true, Intent: Intent{Kind: IntentBadges},
		})
	}
	return s
}

// cartons are chosen by scanning a card of theirs, which has to be printed.
func (in ShopInputs) cartons() shopStep {
	s := in.files(StepCartons, "Cartons", in.Cartons, "carton", "The boxes that you pack in: their size, and their weight when they are empty.",
		"A table with id, length cm, width cm, height cm (inside) and empty weight g; best also name, max kg and cost.")
	if in.Cartons > 0 {
		s.file, s.how = false, "Print a card for each box and fix it where the boxes lie: scanning it says which box is used. The box can be touched on the screen too."
		s.actions = append(s.actions, Action{ID: "cards:cartons", Label: "Print box cards", Enabled: true, Intent: Intent{Kind: IntentCards, Name: "cartons"}})
	}
	return s
}

// files is a step that takes a file.
func (in ShopInputs) files(id, title string, n int, noun, why, how string) shopStep {
	return shopStep{id: id, title: title, why: why, how: how, file: true, state: in.held(n, noun), done: n > 0, actions: []Action{choose(id, n == 0)}}
}

func choose(id string, first bool) Action {
	return Action{ID: "choose:" + id, Label: "Choose a file", Enabled: true, Primary: first, Intent: Intent{Kind: IntentChoose, Name: id}}
}

// remembered leads to what was answered about files.
var remembered = Action{ID: "page:columns", Label: "Remembered files", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageColumns)}}

func (in ShopInputs) products() shopStep {
	s := in.files(StepProducts, "Products", in.Products, "product", "What the bench knows an item by when it is scanned, and what it should weigh.",
		"A table with a column sku; best also name, barcode, weight and size, each with its unit: weight g, length cm. CSV, XLSX or JSON.")
	s.actions = append(s.actions, remembered)
	return s
}

// orders come by themselves from a shop that is connected, or from files.
func (in ShopInputs) orders() shopStep {
	s := in.files(StepOrders, "Orders", in.Orders, "order", "What is to be packed. They come by themselves from a shop that is connected, or from files.",
		"A file is the order export of your shop as it is, or a table with order, sku and qty, one row a line, and the buyer's address.")
	s.actions = append(s.actions, remembered)
	s.actions = append(s.actions, Action{ID: "page:shops", Label: "Connect a shop", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageShops)}})
	return s
}

// parcel is the last step: the proof that all of it works.
func (in ShopInputs) parcel() shopStep {
	s := shopStep{
		id: StepParcel, title: "The first parcel", why: "Pack one order to its end: that is the proof that all of it works.",
		state: in.held(in.Parcels, "parcel"), done: in.Parcels > 0,
		actions: []Action{{ID: "bench", Label: "Go to the bench", Enabled: true, Intent: Intent{Kind: IntentPage, Name: "bench"}}},
	}
	var missing []string
	l := in.Frame.Lang
	for _, m := range []struct {
		is   bool
		what string
	}{
		{in.People > 0, l.Phrase("people")},
		{in.Products > 0, l.Phrase("products")},
		{in.Cartons > 0, l.Phrase("cartons")},
		{in.Carriers > 0, l.Phrase("rates")},
		{in.Orders > 0, l.Phrase("orders")},
		{in.Sender != "", l.Phrase("the sender")},
	} {
		if !m.is {
			missing = append(missing, m.what)
		}
	}
	if len(missing) > 0 {
		s.how = l.Say("Still missing: {what}.", "what", strings.Join(missing, ", "))
		s.actions[0].Enabled = in.People > 0
		return s
	}
	s.actions[0].Primary = true
	s.how = "Scan your badge, then the number of an order. Scan its items, weigh the box, and scan the label once it is on the box."
	return s
}

// PersonField begins the name of the field for the name of a new person; the role
// follows.
const PersonField = "person:"

func (in ShopInputs) held(n int, noun string) string {
	if n == 0 {
		return noneYet
	}
	return in.Frame.Lang.Many(n, noun)
}

const noneYet = "none yet"

func orNone(text string) string {
	if text == "" {
		return noneYet
	}
	return text
}

// targets are in the order in which they stand.
func (v *ShopView) targets() []Action {
	out := append([]Action{}, v.Step.Actions...)
	for _, s := range v.Steps {
		out = append(out, s.Select)
	}
	return append(out, v.Back)
}
