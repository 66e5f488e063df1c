package screen

import (
	"fmt"
	"strconv"

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
	view := in.Frame.view(PageRules, "settings")
	v := &ShopsView{Title: "Rules for the choice", Sub: "All that hold are taken, from the top. They count from the next parcel on."}
	if !in.May {
		v.Locked = "A manager's badge is needed to change rules"
	}
	v.Tools = []Action{
		{ID: "shop:add", Label: "Add a rule", Enabled: in.May && in.Draft == nil, Primary: len(in.Rules) == 0, Intent: shopDoes(ShopAdd, "")},
		{ID: "rules:test", Label: "Try on 30 days", Enabled: in.May && in.Running == "" && len(in.Rules) > 0, Intent: shopDoes(ShopTest, "")},
	}
	back := Action{ID: "back", Label: "Back", Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageAccounts)}}
	at := max(min(in.Chosen, len(in.Rules)-1), 0)
	for i, r := range in.Rules {
		on := i == at && in.Draft == nil
		shape, colour, _ := r.stands()
		v.Rows = append(v.Rows, ShopRow{
			Title: r.title(i), State: r.Then, Shape: shape, Colour: colour, On: on,
			Select: Action{ID: "row:" + digits(i+1), Label: r.title(i), Enabled: in.Draft == nil, On: on, Intent: Intent{Kind: IntentSelect, Name: "rule", Value: digits(i)}},
		})
	}
	switch {
	case in.Draft != nil:
		view.Of = v.drafted(*in.Draft, in.Kinds, in.May, "rule")
		v.asRule(*in.Draft, in.Kinds)
		back.Intent = shopDoes(ShopLeave, "")
	case len(in.Rules) > 0:
		v.Shop = in.panel(at)
		view.Of = About("rule", digits(at))
	}
	if v.Form == nil {
		v.Tools = append(v.Tools, back)
	}
	if len(v.Rows) == 0 {
		v.Empty = "No rule is here yet. The lowest expected cost is chosen, and what an order wishes for."
	}
	view.Shops = v
	return view
}

// asRule has the form speak of a rule.
func (v *ShopsView) asRule(d ShopDraft, kinds []ShopKind) {
	for i := range v.Kinds {
		v.Kinds[i].Note = kinds[i].Example
	}
	if v.Form == nil {
		if v.Kinds != nil {
			v.Sub = "What does the rule do?"
		}
		return
	}
	v.Form.Title = "Change the rule: " + d.Kind.Name
	if d.Fresh {
		v.Form.Title = "Add a rule: " + d.Kind.Name
	}
	v.Form.Sub = "All conditions that are filled in must hold; several words with commas."
	v.Title, v.Sub = v.Form.Title, v.Form.Sub
	if !d.Saving {
		v.Form.Actions[0].Label = "Save"
	}
}

func (r ChoiceRule) title(i int) string {
	if r.Name == "" {
		return "Rule " + digits(i+1)
	}
	return digits(i+1) + "  " + r.Name
}

func (r ChoiceRule) stands() (shape Shape, colour Colour, words string) {
	if r.Off {
		return ShapeMark, LampAmber, "Off: it does nothing"
	}
	return ShapeTick, LampGreen, "Counts"
}

func (in RulesInputs) panel(at int) *ShopPanel {
	r := in.Rules[at]
	p := &ShopPanel{Title: r.title(at), Sub: say.Sentence(r.If)}
	p.Shape, p.Colour, p.State = r.stands()
	p.Fix = say.Sentence(r.Then)
	may := in.May && in.Running == ""
	add := func(what, label string, enabled bool) {
		p.Actions = append(p.Actions, Action{ID: "rule:" + what, Label: label, Enabled: may && enabled, Intent: shopDoes(what, strconv.Itoa(at))})
	}
	add(ShopChange, "Change", true)
	add(RuleUp, "Earlier", at > 0)
	add(RuleDown, "Later", at < len(in.Rules)-1)
	if r.Off {
		add(AccountOn, "Use again", true)
	} else {
		add(AccountOff, "Switch off", true)
	}
	add(RuleRemove, "Remove", true)
	if in.Running != "" {
		p.Words, p.Shape2, p.Colour2 = in.Running, ShapeSquare, LampOff
		return p
	}
	p.came(in.Came)
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
func (t PastTried) Said() *ShopCame {
	if t.Parcels == 0 {
		return &ShopCame{Words: "No parcel was closed in these days"}
	}
	c := &ShopCame{Words: fmt.Sprintf("%s, %d compared: %d would go another way", say.Many(t.Parcels, "parcel"), t.Compared, t.Changed)}
	if t.Compared > 0 {
		c.Rows = append(c.Rows, "Paid "+t.Then+", now "+t.Now+": "+t.Less+".")
	}
	if t.All > t.Parcels {
		c.Rows = append(c.Rows, fmt.Sprintf("They are some of %s, spread over the time.", say.Many(t.All, "parcel")))
	}
	c.Rows = append(c.Rows, t.Rows...)
	if t.Accounts > 0 {
		c.Rows = append(c.Rows, fmt.Sprintf("%s went on an account, whose prices of then nobody can ask for.", say.Many(t.Accounts, "parcel")))
	}
	if t.Unanswered > 0 {
		c.Rows = append(c.Rows, fmt.Sprintf("%s left out, as an account did not answer.", say.Many(t.Unanswered, "parcel")))
	}
	return c
}
