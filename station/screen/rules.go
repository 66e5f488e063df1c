package screen

import (
	"strconv"
	"strings"

	"packbench/station/say"
)

// RulesInputs is what the page of the shop's rules for the choice of a service is made of.
// It is drawn as that of the shops is.
type RulesInputs struct {
	Frame   Frame
	Rules   []ChoiceRule // in their order
	Kinds   []ShopKind
	Chosen  int // a place in the list
	Draft   *ShopDraft
	May     bool
	Running string // what is being done, "" for nothing
	Came    *ShopCame
}

// ChoiceRule is a rule in words.
type ChoiceRule struct {
	Name string
	If   string
	Then string
	Off  bool
}

// What can be done with a rule besides, as Names of IntentConnect. Value is its place.
const (
	RuleUp     = "up"
	RuleDown   = "down"
	RuleRemove = "remove"
)

// The fields of a rule begin so; the key of the settings follows.
const (
	RuleField   = "rule:"
	RuleSetting = RuleField + "set:"
)

// Rules makes the page of the rules.
func Rules(in RulesInputs) View {
	view, l := in.Frame.view(PageRules, "settings"), in.Frame.Lang
	v := &ShopsView{Title: l.Phrase("Rules for the choice"), Sub: l.Phrase("All that hold are taken, from the top. They count from the next parcel on.")}
	if !in.May {
		v.Locked = l.Phrase("A manager's badge is needed to change rules")
	}
	v.Tools = []Action{
		{ID: "shop:add", Label: l.Phrase("Add a rule"), Enabled: in.May && in.Draft == nil, Primary: len(in.Rules) == 0, Intent: shopDoes(ShopAdd, "")},
		{ID: "rules:test", Label: l.Phrase("Try on 30 days"), Enabled: in.May && in.Running == "" && len(in.Rules) > 0, Intent: shopDoes(ShopTest, "")},
	}
	back := Action{ID: "back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageAccounts)}}
	at := max(min(in.Chosen, len(in.Rules)-1), 0)
	for i, r := range in.Rules {
		on := i == at && in.Draft == nil
		shape, colour, _ := r.stands(l)
		v.Rows = append(v.Rows, ShopRow{
			Title: r.title(l, i), State: r.Then, Shape: shape, Colour: colour, On: on,
			Select: Action{ID: "row:" + digits(i+1), Label: r.title(l, i), Enabled: in.Draft == nil, On: on, Intent: Intent{Kind: IntentSelect, Name: "rule", Value: digits(i)}},
		})
	}
	switch {
	case in.Draft != nil:
		view.Of = v.drafted(l, *in.Draft, in.Kinds, in.May, "rule")
		v.asRule(l, *in.Draft, in.Kinds)
		back.Intent = shopDoes(ShopLeave, "")
	case len(in.Rules) > 0:
		v.Shop = in.panel(at)
		view.Of = About("rule", digits(at))
	}
	if v.Form == nil {
		v.Tools = append(v.Tools, back)
	}
	if len(v.Rows) == 0 {
		v.Empty = l.Phrase("No rule is here yet. The lowest expected cost is chosen, and what an order wishes for.")
	}
	view.Shops = v
	return view
}

// asRule has the form speak of a rule.
func (v *ShopsView) asRule(l say.Language, d ShopDraft, kinds []ShopKind) {
	for i := range v.Kinds {
		v.Kinds[i].Label, v.Kinds[i].Note = l.Phrase(kinds[i].Name), l.Phrase(kinds[i].Example)
	}
	if v.Form == nil {
		return
	}
	v.Form.Title = l.Say("Change the rule: {kind}", "kind", l.Phrase(d.Kind.Name))
	if d.Fresh {
		v.Form.Title = l.Say("Add a rule: {kind}", "kind", l.Phrase(d.Kind.Name))
	}
	v.Form.Sub = l.Phrase("All conditions that are filled in must hold; several words with commas.")
	v.Title, v.Sub = v.Form.Title, v.Form.Sub
	if !d.Saving {
		v.Form.Actions[0].Label = l.Phrase("Save")
	}
}

func (r ChoiceRule) title(l say.Language, i int) string {
	if r.Name == "" {
		return l.Say("Rule {n}", "n", digits(i+1))
	}
	return digits(i+1) + "  " + r.Name
}

func (r ChoiceRule) stands(l say.Language) (shape Shape, colour Colour, words string) {
	if r.Off {
		return ShapeMark, LampAmber, l.Phrase("Off: it does nothing")
	}
	if l.English() {
		return ShapeTick, LampGreen, "Counts"
	}
	return ShapeTick, LampGreen, l.Phrase("It counts")
}

func (in RulesInputs) panel(at int) *ShopPanel {
	r := in.Rules[at]
	l := in.Frame.Lang
	p := &ShopPanel{Title: r.title(l, at), Sub: l.Sentence(r.If)}
	p.Shape, p.Colour, p.State = r.stands(l)
	p.Fix = l.Sentence(r.Then)
	may := in.May && in.Running == ""
	add := func(what, label string, enabled bool) {
		p.Actions = append(p.Actions, Action{ID: "rule:" + what, Label: label, Enabled: may && enabled, Intent: shopDoes(what, strconv.Itoa(at))})
	}
	add(ShopChange, l.Phrase("Change"), true)
	add(RuleUp, l.Phrase("Earlier"), at > 0)
	add(RuleDown, l.Phrase("Later"), at < len(in.Rules)-1)
	if r.Off {
		add(AccountOn, l.Phrase("Use again"), true)
	} else {
		add(AccountOff, l.Phrase("Switch off"), true)
	}
	add(RuleRemove, l.Phrase("Remove"), true)
	if in.Running != "" {
		p.Words, p.Shape2, p.Colour2 = l.Phrase(in.Running), ShapeSquare, LampOff
		return p
	}
	p.came(l, in.Came)
	return p
}

// PastTried is what a dry run of rules or accounts has found, prices in words.
type PastTried struct {
	Parcels, Compared, Changed int
	All                        int // of which Parcels are some, 0: all
	Accounts                   int // went on an account that was not asked
	Unanswered                 int // left out, as an account did not answer
	Then, Now, Less            string
	Rows                       []string // some of those that would go another way
}

// Said puts it in words.
func (t PastTried) Said(l say.Language) *ShopCame {
	if t.Parcels == 0 {
		return &ShopCame{Words: l.Phrase("No parcel was closed in these days")}
	}
	c := &ShopCame{Words: l.Say("{parcels}, {compared} compared: {changed} would go another way", "parcels", l.Many(t.Parcels, "parcel"), "compared", digits(t.Compared), "changed", digits(t.Changed))}
	add := func(phrase string, parcels int) {
		if parcels > 0 {
			c.Rows = append(c.Rows, l.Say(phrase, "parcels", l.Many(parcels, "parcel")))
		}
	}
	if t.Compared > 0 {
		less := l.Say("{price} less", "price", strings.TrimSuffix(t.Less, " less"))
		if price, more := strings.CutSuffix(t.Less, " more"); more {
			less = l.Say("{price} more", "price", price)
		}
		c.Rows = append(c.Rows, l.Say("Paid {then}, now {now}: {less}.", "then", t.Then, "now", t.Now, "less", less))
	}
	if t.All > t.Parcels {
		add("They are some of {parcels}, spread over the time.", t.All)
	}
	c.Rows = append(c.Rows, t.Rows...)
	add("{parcels} went on an account, whose prices of then nobody can ask for.", t.Accounts)
	add("{parcels} left out, as an account did not answer.", t.Unanswered)
	return c
}
