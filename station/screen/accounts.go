package screen

import (
	"fmt"
	"slices"
	"time"

	"packbench/station/say"
)

// AccountsInputs is what the page of the accounts with carriers is made of. It is drawn as
// that of the shops is.
type AccountsInputs struct {
	Frame    Frame
	Accounts []ConnectedAccount
	Kinds    []ShopKind
	Chosen   string // an account's id, "": the first
	Draft    *ShopDraft
	Services []AccountService // of the chosen one, while it is asked which may be bought
	May      bool             // whether who is at the window may change anything
}

// ConnectedAccount is how an account stands.
type ConnectedAccount struct {
	ID, Kind           string    // Kind in words: "EasyPost"
	Fault              string    // why it cannot be used, "" for nothing
	Off                time.Time // nothing is bought until then
	Silent             time.Time // since when it does not answer, zero when it does
	Open               int       // purchases whose end is not known
	Refunds            int       // that were asked for and have not come
	VoidRule           string
	Follows            bool // parcels, and sells no labels
	Followed           int  // numbers that it follows
	Unfollowed, Untold int  // that it will not follow, and of which that is not known
	Running            string
	Came               *ShopCame
}

// AccountService is one that an account sells.
type AccountService struct {
	ID, Name, Carrier string
	Used              bool
}

// What can be done with an account besides, as Names of IntentConnect. Value is its id, or
// that of a service.
const (
	AccountServices = "services"
	AccountUse      = "service" // is used, or no longer
	AccountOff      = "off"     // until tomorrow
	AccountOn       = "on"
	AccountTry      = "try" // on the parcels of the last 30 days
)

// The fields of an account that is being added; the settings of its kind follow
// AccountSetting.
const (
	AccountField   = "account:"
	AccountID      = AccountField + "id"
	AccountURL     = AccountField + "url"
	AccountKey     = AccountField + "key"
	AccountSetting = AccountField + "set:"
)

// Accounts makes the page of the accounts with carriers.
func Accounts(in AccountsInputs) View {
	view, l := in.Frame.view(PageAccounts, "settings"), in.Frame.Lang
	v := &ShopsView{Title: l.Phrase("Carriers"), Sub: l.Phrase("Prices are asked of all accounts at once; each label is bought once.")}
	if !in.May {
		v.Locked = l.Phrase("A manager's badge is needed to change accounts")
	}
	v.Tools = append(v.Tools, Action{
		ID: "shop:add", Label: l.Phrase("Add an account"), Enabled: in.May && in.Draft == nil, Primary: len(in.Accounts) == 0, Intent: shopDoes(ShopAdd, ""),
	})
	v.Tools = append(v.Tools, Action{ID: "page:rules", Label: l.Phrase("Rules"), Enabled: in.Draft == nil, Intent: Intent{Kind: IntentPage, Name: string(PageRules)}})
	back := Action{ID: "back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageSettings)}}
	at := max(slices.IndexFunc(in.Accounts, func(a ConnectedAccount) bool { return a.ID == in.Chosen }), 0)
	for i, a := range in.Accounts {
		shape, colour, state, _ := a.stands(l, in.Frame.Now)
		on := i == at && in.Draft == nil
		v.Rows = append(v.Rows, ShopRow{
			Title: a.ID, State: about(l, a.Kind, short(l, state)), Shape: shape, Colour: colour, On: on,
			Select: Action{ID: "row:" + a.ID, Label: a.ID, Enabled: in.Draft == nil, On: on, Intent: Intent{Kind: IntentSelect, Name: "account", Value: a.ID}},
		})
	}
	switch {
	case in.Draft != nil:
		view.Of = v.drafted(l, *in.Draft, in.Kinds, in.May, "account")
		back.Intent = shopDoes(ShopLeave, "")
	case in.Services != nil && len(in.Accounts) > 0:
		v.services(l, in.Accounts[at].ID, in.Services, in.May)
		view.Of = About("services of account", in.Accounts[at].ID)
		back.Intent, v.Tools = shopDoes(ShopLeave, ""), nil
	case len(in.Accounts) > 0:
		v.Shop = in.panel(in.Accounts[at])
		view.Of = About("account", in.Accounts[at].ID)
	}
	if v.Form == nil {
		v.Tools = append(v.Tools, back)
	}
	if len(v.Rows) == 0 {
		v.Empty = l.Phrase("No account is here yet. Labels come from the shop's own rate cards and number ranges.")
	}
	if in.Frame.Unread {
		v.Empty = l.Phrase(beingRead)
	}
	view.Shops = v
	return view
}

// services asks which of them may be bought.
func (v *ShopsView) services(l say.Language, of string, all []AccountService, may bool) {
	v.Title, v.Sub = l.Say("Carriers: services of {account}", "account", of), l.Phrase("Touch a service to use it, or to stop using it.")
	for _, s := range all {
		note := l.Phrase("used")
		if !s.Used {
			note = l.Phrase("not used")
		}
		v.Kinds = append(v.Kinds, Action{
			ID: "service:" + s.ID, Label: s.Carrier + " " + s.Name, Note: note, On: s.Used, Enabled: may, Intent: shopDoes(AccountUse, s.ID),
		})
	}
}

// stands says how an account is, and what to do where it is not well.
func (a ConnectedAccount) stands(l say.Language, now time.Time) (shape Shape, colour Colour, words, fix string) {
	switch {
	case a.Fault != "":
		return ShapeCross, LampRed, say.Sentence(a.Fault), l.Phrase("Press Change, and put it right.")
	case now.Before(a.Off):
		return ShapeMark, LampAmber, l.Say("not used until {time}", "time", untilIn(l, a.Off.In(now.Location()))), l.Phrase("Press Use again to go on.")
	case !a.Silent.IsZero():
		return ShapeMark, LampAmber, l.Say("does not answer since {time}", "time", a.Silent.In(now.Location()).Format("15:04")), l.Phrase("It is tried again by itself, and others are taken meanwhile.")
	case a.Open > 0:
		return ShapeMark, LampAmber, l.Say("{purchases} without an answer", "purchases", l.Many(a.Open, "purchase")),
			l.Phrase("The carrier is asked before anything is bought again. One that cannot tell is looked up on its web page.")
	}
	if a.Unfollowed > 0 {
		return ShapeMark, LampAmber, l.Say("{parcels} that it will not follow", "parcels", l.Many(a.Unfollowed, "parcel")),
			l.Phrase("The number may be wrong, or what the service calls the carrier: look at its settings.")
	}
	return ShapeTick, LampGreen, l.Phrase("ready"), ""
}

// untilIn writes a time with its day.
func untilIn(l say.Language, t time.Time) string {
	if l.English() {
		return t.Format("2 January 15:04")
	}
	return l.Time(t, "2 Jan 15:04")
}

func (in AccountsInputs) panel(a ConnectedAccount) *ShopPanel {
	l, p := in.Frame.Lang, &ShopPanel{Title: a.ID, Sub: a.Kind}
	p.Shape, p.Colour, p.State, p.Fix = a.stands(l, in.Frame.Now)
	p.State = l.Sentence(p.State)
	p.Figures = []Figure{{l.Phrase("Answer unknown"), fmt.Sprint(a.Open)}, {l.Phrase("Refunds to come"), fmt.Sprint(a.Refunds)}}
	if a.Follows {
		p.Figures = []Figure{{l.Phrase("Parcels followed"), fmt.Sprint(a.Followed)}, {l.Phrase("Not followed"), fmt.Sprint(a.Unfollowed)}, {l.Phrase("Answer unknown"), fmt.Sprint(a.Untold)}}
	}
	may := in.May && a.Running == ""
	add := func(what, label string) {
		p.Actions = append(p.Actions, Action{ID: "shop:" + what, Label: label, Enabled: may, Intent: shopDoes(what, a.ID)})
	}
	add(ShopTest, l.Phrase("Test"))
	if !a.Follows {
		add(AccountServices, l.Phrase("Services"))
	}
	if in.Frame.Now.Before(a.Off) {
		add(AccountOn, l.Phrase("Use again"))
	} else {
		add(AccountOff, l.Phrase("Not today"))
	}
	switch {
	case a.Running == "" && !a.Follows:
		add(AccountTry, l.Phrase("Try on 30 days"))
	case a.Running != "":
		p.Actions = append(p.Actions, Action{ID: "shop:" + ShopStop, Label: l.Phrase("Stop"), Enabled: in.May, Intent: shopDoes(ShopStop, a.ID)})
	}
	add(ShopChange, l.Phrase("Change"))
	if a.Running != "" {
		p.Words, p.Shape2, p.Colour2 = l.Phrase(a.Running), ShapeSquare, LampOff
	} else {
		p.came(l, a.Came)
	}
	if a.VoidRule != "" {
		p.Rows = append(p.Rows, l.Say("Voids: {rule}.", "rule", a.VoidRule))
	}
	return p
}

// came shows what the last thing that was done by hand has brought.
func (p *ShopPanel) came(l say.Language, c *ShopCame) {
	if c == nil {
		return
	}
	p.Words, p.Shape2, p.Colour2 = l.Phrase(c.Words), ShapeTick, LampGreen
	p.Rows = append(p.Rows, c.Rows...)
	switch {
	case c.Bad:
		p.Shape2, p.Colour2 = ShapeCross, LampRed
	case len(c.Rows) > 0:
		p.Shape2, p.Colour2 = ShapeMark, LampAmber
	}
	for _, check := range c.Checks {
		row := CheckRow{Shape: ShapeTick, Colour: LampGreen, Text: l.Sentence(l.Phrase(check.What))}
		if check.Words != "" {
			row.Text = about(l, row.Text, check.Words)
		}
		if !check.OK {
			row.Shape, row.Colour, row.Fix = ShapeCross, LampRed, l.Phrase(check.Fix)
		}
		p.Checks = append(p.Checks, row)
	}
}
