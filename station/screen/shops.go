package screen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station/say"
)

// ShopsInputs is what the page of the shops that are connected is made of.
type ShopsInputs struct {
	Frame  Frame
	Shops  []ConnectedShop
	Kinds  []ShopKind
	Chosen string // a shop's id, "": the first
	Draft  *ShopDraft
	May    bool // whether who is at the window may change anything
}

// ConnectedShop is how a shop stands.
type ConnectedShop struct {
	ID, Kind, URL             string // Kind in words: "Shopify"
	Paused                    bool
	Trouble                   string    // why it could not be read or told, "" where all is well
	Orders, Products          time.Time // when each was last read to its end; zero: never
	Waiting, Unknown, Refused int       // of what it is to be told
	Running                   string    // what is being done with it, "" for nothing
	Came                      *ShopCame // what the last test or reading brought
	Unread                    bool      // there is a file that could not be read
}

// ShopCame is what was done with a shop by hand.
type ShopCame struct {
	Words  string
	Bad    bool
	Checks []ShopCheck
	Rows   []string // orders that cannot be packed, and why
}

// ShopCheck is one thing that was tried.
type ShopCheck struct {
	What, Words, Fix string
	OK               bool
}

// ShopKind is a kind of shop that can be connected.
type ShopKind struct{ ID, Name, Secret, Example string }

// ShopDraft is a shop that is being added or changed. With no kind yet, that is asked.
type ShopDraft struct {
	Kind   ShopKind
	ID     string
	Fresh  bool // it is being added
	Fields []Field
	Fault  string
	Saving bool
}

// What can be done with a shop, as Names of IntentConnect. Value is the shop's id, or the
// kind that is to be added.
const (
	ShopAdd    = "add"
	ShopKindOf = "kind"
	ShopChange = "change"
	ShopSave   = "save"
	ShopLeave  = "leave"
	ShopTest   = "test"
	ShopPull   = "pull"
	ShopStop   = "stop"
	ShopPause  = "pause"
	ShopResume = "resume"
	ShopFile   = "file" // look at a file that could not be read
)

// The fields of a shop that is being added; the settings of its kind follow ShopSetting.
const (
	ShopField   = "shop:"
	ShopID      = ShopField + "id"
	ShopURL     = ShopField + "url"
	ShopKey     = ShopField + "key"
	ShopSetting = ShopField + "set:"
)

// ShopsView is the page: the shops on the left, the chosen one or the new one beside it.
type ShopsView struct {
	Title  string
	Sub    string
	Tools  []Action // add, outbox, back
	Rows   []ShopRow
	Shop   *ShopPanel
	Kinds  []Action // which kind of shop is added, while that is asked
	Form   *ShopForm
	Empty  string // said where there are no shops
	Locked string
}

// ShopRow is one shop of the list.
type ShopRow struct {
	Title  string
	State  string
	Shape  Shape
	Colour Colour
	On     bool
	Select Action
}

// ShopPanel is the chosen shop.
type ShopPanel struct {
	Title   string
	Sub     string
	Shape   Shape
	Colour  Colour
	State   string
	Fix     string
	Figures []Figure
	Actions []Action
	Shape2  Shape // of what was done by hand
	Colour2 Colour
	Words   string
	Checks  []CheckRow
	Rows    []string
}

// CheckRow is one thing that was tried, with what to do about it.
type CheckRow struct {
	Shape  Shape
	Colour Colour
	Text   string
	Fix    string
}

// ShopForm is what a shop is told of when it is added or changed.
type ShopForm struct {
	Title   string
	Sub     string
	Fields  []FieldView
	Words   string // what is being done, or was found
	Fault   string
	Actions []Action
}

// Shops makes the page of the shops.
func Shops(in ShopsInputs) View {
	view, l := in.Frame.view(PageShops, "settings"), in.Frame.Lang
	v := &ShopsView{Title: l.Phrase("Shops"), Sub: l.Phrase("Orders come in by themselves, and each shop is told what has left, once.")}
	if !in.May {
		v.Locked = l.Phrase("A manager's badge is needed to change shops")
	}
	v.Tools = append(v.Tools, Action{
		ID: "shop:add", Label: l.Phrase("Add a shop"), Enabled: in.May && in.Draft == nil, Primary: len(in.Shops) == 0, Intent: shopDoes(ShopAdd, ""),
	})
	if in.Frame.Person.ID != "" {
		v.Tools = append(v.Tools, Action{ID: "page:outbox", Label: l.Phrase("Outbox"), Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageOutbox)}})
	}
	back := Action{ID: "back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageSettings)}}
	if in.Frame.Person.ID == "" { // of a shop that has nobody yet
		back.Intent.Name = string(PageShop)
	}
	at := max(slices.IndexFunc(in.Shops, func(s ConnectedShop) bool { return s.ID == in.Chosen }), 0)
	for i, s := range in.Shops {
		shape, colour, state, _ := s.stands(l, in.Frame.Now)
		on := i == at && in.Draft == nil
		v.Rows = append(v.Rows, ShopRow{
			Title: s.ID, State: about(l, s.Kind, short(l, state)), Shape: shape, Colour: colour, On: on,
			Select: Action{ID: "row:" + s.ID, Label: s.ID, Enabled: in.Draft == nil, On: on, Intent: Intent{Kind: IntentSelect, Name: "shop", Value: s.ID}},
		})
	}
	switch {
	case in.Draft != nil:
		view.Of = v.drafted(l, *in.Draft, in.Kinds, in.May, "shop")
		back.Intent = shopDoes(ShopLeave, "")
	case len(in.Shops) > 0:
		v.Shop = in.panel(in.Shops[at])
		view.Of = About("shop", in.Shops[at].ID)
	}
	if v.Form == nil {
		v.Tools = append(v.Tools, back)
	}
	if len(v.Rows) == 0 {
		v.Empty = l.Phrase("No shop is connected yet. Orders come from files until one is.")
	}
	if in.Frame.Unread {
		v.Empty = l.Phrase(beingRead)
	}
	view.Shops = v
	return view
}

func shopDoes(what, of string) Intent { return Intent{Kind: IntentConnect, Name: what, Value: of} }

// drafted shows a shop or an account that is being added or changed, and returns what the
// page is about.
func (v *ShopsView) drafted(l say.Language, d ShopDraft, kinds []ShopKind, may bool, what string) Subject {
	v.Tools = nil
	if d.Kind.ID == "" {
		v.kinds(l, kinds)
		v.Sub = l.Phrase(whichKind[what])
		return About(what, "new")
	}
	v.Form = d.form(l, may, what)
	v.Title, v.Sub = v.Form.Title, v.Form.Sub
	return About(what+" form", cmp.Or(d.ID, "new "+d.Kind.ID))
}

// whichKind asks it, and adding is the title of a form, by what is added.
var (
	whichKind = map[string]string{
		"shop": "Which kind of shop is it?", "account": "Which kind of account is it?", "target": "Which kind of target is it?", "rule": "What does the rule do?",
	}
	adding = map[string]string{
		"shop": "Add a shop: {kind}", "account": "Add an account: {kind}", "target": "Add a target: {kind}", "rule": "Add a rule: {kind}",
	}
)

// kinds are those of which one is added.
func (v *ShopsView) kinds(l say.Language, kinds []ShopKind) {
	for _, k := range kinds {
		v.Kinds = append(v.Kinds, Action{
			ID: "kind:" + k.ID, Label: k.Name, Note: needs(l, k.Secret), Enabled: true, Intent: shopDoes(ShopKindOf, k.ID),
		})
	}
}

// needs says which key a kind needs, or none.
func needs(l say.Language, secret string) string {
	switch {
	case secret == "":
		return l.Phrase("needs no key")
	case l.English():
		return l.Say("needs {key}", "key", keyWords(secret))
	}
	return l.Say("needs {key}", "key", l.Phrase(secret))
}

// keyWords are the words of a key within a sentence.
func keyWords(secret string) string {
	if first, _, _ := strings.Cut(secret, " "); strings.ToUpper(first) == first { // API
		return "its " + secret
	}
	return "its " + say.Lower(secret)
}

// form is the fields of the draft with what ends them.
func (d ShopDraft) form(l say.Language, may bool, what string) *ShopForm {
	f := &ShopForm{Title: l.Say(adding[what], "kind", d.Kind.Name), Fault: l.Phrase(d.Fault)}
	if d.Kind.Secret != "" {
		f.Sub = l.Phrase("The key is kept on this computer only, and is never shown again.")
		if what == "target" {
			f.Sub = l.Phrase("The address and the password are kept on this computer only, and are never shown again.")
		}
	}
	save := l.Phrase("Add and test")
	if !d.Fresh {
		f.Title, save = l.Say("Change {id}: {kind}", "id", d.ID, "kind", d.Kind.Name), l.Phrase("Save and test")
	}
	for _, field := range d.Fields {
		f.Fields = append(f.Fields, fieldOf(l, field, may && !d.Saving))
	}
	done := Action{ID: "save", Label: save, Key: DefaultKeys()["save"], Enabled: may && !d.Saving, Primary: true, Intent: shopDoes(ShopSave, "")}
	if d.Saving {
		done.Label = l.Phrase("Saving…")
	}
	f.Actions = []Action{done, {ID: "shop:leave", Label: l.Phrase("Cancel"), Key: "Esc", Enabled: true, Intent: shopDoes(ShopLeave, "")}}
	return f
}

// fieldOf is a field that is typed; a secret shows that it is there and no more.
func fieldOf(l say.Language, f Field, may bool) FieldView {
	v := field(l, f, may)
	if f.Key == ShopKey || f.Key == AccountKey || f.Key == MessageKey || f.Key == HubPassword {
		v.Edit.Intent.Value = ""
		if f.Value != "" {
			v.Value = l.Phrase("entered")
		}
	}
	return v
}

// short is the begin of what is told in full beside the list.
func short(l say.Language, state string) string {
	begin, _, _ := strings.Cut(state, ": ")
	return l.Lower(begin)
}

// late is for how long a shop may not have been read before that is told.
const late = 15 * time.Minute

// stands says how a shop is, and what to do where it is not well.
func (s ConnectedShop) stands(l say.Language, now time.Time) (shape Shape, colour Colour, words, fix string) {
	switch {
	case s.Trouble != "":
		return ShapeCross, LampRed, say.Sentence(s.Trouble), l.Phrase(s.fix())
	case s.Paused:
		return ShapeMark, LampAmber, l.Phrase("paused"), l.Phrase("No orders come in, and the shop is told nothing. Press Resume to go on.")
	case s.Refused > 0:
		return ShapeMark, LampAmber, l.Say("refused {messages}", "messages", l.Many(s.Refused, "message")), l.Phrase("Read the shop's answer in the outbox, put it right, and send it again.")
	case s.Orders.IsZero():
		return ShapeSquare, LampOff, l.Phrase("not read yet"), l.Phrase("It is read by itself, within a minute.")
	case now.Sub(s.Orders) > late:
		return ShapeMark, LampAmber, l.Say("last read {ago}", "ago", ago(l, now.Sub(s.Orders))), l.Phrase("Is a bench running, or packctl sync? Press Test to see whether the shop answers.")
	}
	return ShapeTick, LampGreen, l.Say("works, last read {ago}", "ago", ago(l, now.Sub(s.Orders))), ""
}

// fix is what to do about the trouble of a shop.
func (s ConnectedShop) fix() string {
	switch t := strings.ToLower(s.Trouble); {
	case s.Unread:
		return "Press See the file: it says what is wrong, or asks what its columns hold."
	case strings.Contains(t, "is missing: enter it"):
		return "Press Change, and paste its key again."
	case strings.Contains(t, "the key of the shop"), strings.Contains(t, "does not accept the key"):
		return "Make a new key with that right in the shop, then press Change and paste it."
	case strings.Contains(t, "cannot be reached"), strings.Contains(t, "asks for a pause"):
		return "It is tried again by itself. If it lasts, check the network of this computer."
	}
	return "Press Test: each step is tried and says what to do."
}

func ago(l say.Language, d time.Duration) string {
	if d < time.Minute {
		return l.Phrase("just now")
	}
	return l.Say("{age} ago", "age", age(l, d))
}

func (in ShopsInputs) panel(s ConnectedShop) *ShopPanel {
	l := in.Frame.Lang
	p := &ShopPanel{Title: s.ID, Sub: strings.Trim(s.Kind+", "+s.URL, ", ")}
	p.Shape, p.Colour, p.State, p.Fix = s.stands(l, in.Frame.Now)
	p.State = l.Sentence(p.State)
	read := func(at time.Time) string {
		if at.IsZero() {
			return l.Phrase("never")
		}
		return ago(l, in.Frame.Now.Sub(at))
	}
	p.Figures = []Figure{
		{l.Phrase("Orders read"), read(s.Orders)},
		{l.Phrase("Products read"), read(s.Products)},
		{l.Phrase("Still to tell"), fmt.Sprint(s.Waiting)},
		{l.Phrase("Answer unknown"), fmt.Sprint(s.Unknown)},
		{l.Phrase("Refused"), fmt.Sprint(s.Refused)},
	}
	may := in.May && s.Running == ""
	add := func(what, label string, enabled bool) {
		p.Actions = append(p.Actions, Action{ID: "shop:" + what, Label: label, Enabled: enabled, Intent: shopDoes(what, s.ID)})
	}
	add(ShopTest, l.Phrase("Test"), may)
	if s.Running != "" {
		add(ShopStop, l.Phrase("Stop"), in.May)
	} else {
		add(ShopPull, l.Phrase("Read now"), may && !s.Paused)
	}
	if s.Paused {
		add(ShopResume, l.Phrase("Resume"), may)
	} else {
		add(ShopPause, l.Phrase("Pause"), may)
	}
	add(ShopChange, l.Phrase("Change"), may)
	if s.Unread {
		add(ShopFile, l.Phrase("See the file"), may)
	}
	if s.Running != "" {
		p.Words, p.Shape2, p.Colour2 = l.Phrase(s.Running), ShapeSquare, LampOff
		return p
	}
	p.came(l, s.Came)
	return p
}

// targets are in the order in which they stand.
func (v *ShopsView) targets() []Action {
	var out []Action
	switch {
	case v.Form != nil:
		for _, f := range v.Form.Fields {
			out = append(out, f.Edit)
		}
		out = append(out, v.Form.Actions...)
	case v.Shop != nil:
		out = append(out, v.Shop.Actions...)
	}
	out = append(out, v.Kinds...)
	for _, r := range v.Rows {
		if v.Form == nil && v.Kinds == nil { // else the list is not shown
			out = append(out, r.Select)
		}
	}
	return append(out, v.Tools...)
}
