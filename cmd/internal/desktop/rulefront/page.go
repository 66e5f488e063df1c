// Package rulefront is the window's side of the shop's rules for the choice of a carrier's
// service: their list in order, adding, changing, moving, switching off and removing one,
// and a dry run that prices the parcels of the last 30 days with them.
//
// A [Page] belongs to the goroutine of the front's Run. It keeps nothing itself: the page of
// the settings does, which checks them too. It must not know prices: package rating does.
package rulefront

import (
	"context"
	"slices"
	"strconv"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/rating"
	"packbench/station/carrier/rules"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// Keeper keeps the settings.
type Keeper interface {
	Rules() []rules.Rule
	Currency() string
	// KeepRules keeps them, and tells done once how it went: why they are not kept, or "".
	KeepRules(list []rules.Rule, done func(why string))
	// Saving reports whether settings are being written: no others are taken meanwhile.
	Saving() bool
}

// Page is the page of the rules.
type Page struct {
	*shell.Shell
	keeper  Keeper
	draft   *draft
	running string
	came    *screen.ShopCame
}

// New returns the page.
func New(s *shell.Shell, k Keeper) *Page { return &Page{Shell: s, keeper: k} }

// selectedRule is the rule that is chosen, by its place, among the shell's selections.
const selectedRule = "rule"

// Opened forgets what was half done.
func (p *Page) Opened() { p.draft, p.came = nil, nil }

// View is the page.
func (p *Page) View(frame screen.Frame) screen.View {
	at, _ := strconv.Atoi(p.Selected[selectedRule])
	in := screen.RulesInputs{Frame: frame, Chosen: at, May: p.Manages(), Running: p.running, Came: p.came}
	if in.Running == "" && p.keeper.Saving() {
		in.Running = "Saving…"
	}
	for _, r := range p.keeper.Rules() {
		in.Rules = append(in.Rules, screen.ChoiceRule{Name: r.Name, If: r.If(frame.Lang.Say), Then: r.Then(frame.Lang.Say), Off: r.Off})
	}
	for _, k := range kinds {
		in.Kinds = append(in.Kinds, k.shown())
	}
	if p.draft != nil {
		in.Draft = p.draft.Shown(p.draft.fields())
	}
	return screen.Rules(in)
}

// Act carries out what a person touched on the page.
func (p *Page) Act(in screen.Intent) {
	if in.Kind != screen.IntentConnect || p.Page != screen.PageRules || !p.Manages() {
		return
	}
	switch in.Name {
	case screen.ShopAdd:
		p.draft = &draft{}
		return
	case screen.ShopKindOf:
		if p.draft = begin(in.Value, len(p.keeper.Rules()), rules.Rule{}); p.draft != nil {
			p.draft.Fresh = true
		}
		return
	case screen.ShopSave:
		p.save()
		return
	case screen.ShopLeave:
		p.draft = nil
		return
	case screen.ShopTest:
		p.try()
		return
	}
	if p.keeper.Saving() { // its buttons are off
		return
	}
	list := slices.Clone(p.keeper.Rules())
	at, err := strconv.Atoi(in.Value)
	if err != nil || at < 0 || at >= len(list) {
		return
	}
	to := at
	switch in.Name {
	case screen.ShopChange:
		p.draft = begin(kindOf(list[at]), at, list[at])
		return
	case screen.AccountOff, screen.AccountOn:
		list[at].Off = in.Name == screen.AccountOff
	case screen.RuleRemove:
		list = slices.Delete(list, at, at+1)
	case screen.RuleUp, screen.RuleDown:
		if to = at + 1; in.Name == screen.RuleUp {
			to = at - 1
		}
		if to < 0 || to >= len(list) {
			return
		}
		list[at], list[to] = list[to], list[at]
	default:
		return
	}
	p.keep(list, to, nil)
}

// keep keeps the list, shows the rule at a place, and ends the draft that it has, if any.
// What is not kept stays in front of the person, with the reason.
func (p *Page) keep(list []rules.Rule, at int, of *draft) {
	p.came = nil
	p.keeper.KeepRules(list, func(why string) {
		shown := of != nil && p.draft == of // else it was left
		switch {
		case why != "" && shown:
			of.Saving, of.Fault = false, say.Sentence(why)
		case why != "":
			p.came = &screen.ShopCame{Words: say.Sentence(why), Bad: true}
		default:
			if p.Selected[selectedRule] = strconv.Itoa(at); shown {
				p.draft = nil
			}
		}
	})
}

// tried is how many days a dry run goes back, and how many changes it names.
const (
	tried = 30
	named = 6
)

// try prices the parcels of the last days with the rules as they stand.
func (p *Page) try() {
	if p.running != "" {
		return
	}
	p.running, p.came = "Pricing the parcels of the last 30 days…", nil
	look, l := rating.NewReader(p.Folder).Trying(p.keeper.Rules()), p.Language()
	p.Ask(func(ctx context.Context) func() {
		came, err := dryRun(ctx, l, look)
		return func() {
			if p.running, p.came = "", came; err != nil {
				p.came = &screen.ShopCame{Words: say.Sentence(shell.FirstLine(err)), Bad: true}
			}
		}
	})
}

func dryRun(ctx context.Context, l say.Language, look rating.Reader) (*screen.ShopCame, error) {
	cards, _, err := look.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	var rows []string
	var sum rating.Sum
	err = look.Again(ctx, look.Clock().AddDate(0, 0, -tried), cards, func(p store.Parcel, again rating.Repriced) error {
		changed := sum.Changed
		if sum.Add(p, again); sum.Changed > changed && len(rows) < named {
			rows = append(rows, again.Way(l, p))
		}
		return nil
	})
	return screen.PastTried{
		Parcels: sum.Parcels, Compared: sum.Compared, Changed: sum.Changed, Accounts: sum.Accounts,
		Then: sum.Then.String(), Now: sum.Now.String(), Less: sum.Less(), Rows: rows,
	}.Said(l), err
}
