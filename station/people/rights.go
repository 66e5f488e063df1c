package people

import (
	"fmt"
	"slices"
	"strings"

	"packbench/station"
)

// Action is something that not everybody may do.
type Action string

// The actions. Those of the bench come first.
const (
	Override    Action = "override"
	Confirm     Action = "confirm"
	Void        Action = "void"
	TypedWeight Action = "typed_weight"
	Reprint     Action = "reprint"
	Cancel      Action = "cancel"
	Purchase    Action = "purchase"
	LetGo       Action = "let_go"
	Label       Action = "label"
	Handover    Action = "handover"
	Return      Action = "return"
	Unlock      Action = "unlock"
	Count       Action = "count"
	Cases       Action = "cases"
	Products    Action = "products"
	Orders      Action = "orders"
	Stock       Action = "stock"
	Outbox      Action = "outbox"
	Owed        Action = "owed"
	Shifts      Action = "shifts"
	Settings    Action = "settings"
	People      Action = "people"
	Rightful    Action = "rights"
)

// Leave is what a role may do of an action.
type Leave string

// The leaves.
const (
	Yes     Leave = "yes"    // alone
	WithPIN Leave = "pin"    // alone, once the PIN is given
	Second  Leave = "second" // with the badge of another person who may do it alone
	No      Leave = "no"
)

// Right is one row of the table as it is written: a leave for packer, supervisor,
// manager and administrator, and "reason" where another person's badge needs one.
type Right string

// roles are the columns of the table.
var roles = []station.Role{station.Packer, station.Supervisor, station.Manager, station.Administrator}

// Roles are the columns of the table, in the order in which a [Right] names them.
func Roles() []station.Role { return slices.Clone(roles) }

// Of is the leave of a role; that of a role which nobody knows is no.
func (r Right) Of(role station.Role) Leave {
	words, i := strings.Fields(string(r)), slices.Index(roles, role)
	if i < 0 || i >= len(words) {
		return No
	}
	return Leave(words[i])
}

// Reason reports whether whoever lets another do it says why.
func (r Right) Reason() bool {
	words := strings.Fields(string(r))
	return len(words) > len(roles) && words[len(roles)] == "reason"
}

// With is the row with another leave for a role.
func (r Right) With(role station.Role, l Leave) Right {
	words := strings.Fields(string(r))
	if i := slices.Index(roles, role); i >= 0 && i < len(words) {
		words[i] = string(l)
	}
	return Right(strings.Join(words, " "))
}

// WithReason is the row with a reason wanted, or not.
func (r Right) WithReason(wanted bool) Right {
	words := strings.Fields(string(r))
	words = words[:min(len(words), len(roles))]
	if wanted {
		words = append(words, "reason")
	}
	return Right(strings.Join(words, " "))
}

// From is the row of an action that a role and those above it may do alone, and others
// with such a person's badge.
func From(role station.Role) Right { return ranked(role, Second) }

func ranked(from station.Role, below Leave) Right {
	words := make([]string, len(roles))
	for i, r := range roles {
		words[i] = string(below)
		if r.May(from) {
			words[i] = string(Yes)
		}
	}
	return Right(strings.Join(words, " "))
}

// Alone reports whether a role does it alone, with or without a PIN. Who does may let
// others do it too.
func (r Right) Alone(role station.Role) bool { l := r.Of(role); return l == Yes || l == WithPIN }

// Least is the first role that may do it alone, "" where none may.
func (r Right) Least() station.Role {
	for _, role := range roles {
		if r.Alone(role) {
			return role
		}
	}
	return ""
}

// Rights is the table of who may do what. A row that is "" is that of [Default].
type Rights struct {
	Override    Right `json:"override,omitempty" toml:"override"`
	Confirm     Right `json:"confirm,omitempty" toml:"confirm"`
	Void        Right `json:"void,omitempty" toml:"void"`
	TypedWeight Right `json:"typed_weight,omitempty" toml:"typed_weight"`
	Reprint     Right `json:"reprint,omitempty" toml:"reprint"`
	Cancel      Right `json:"cancel,omitempty" toml:"cancel"`
	Purchase    Right `json:"purchase,omitempty" toml:"purchase"`
	LetGo       Right `json:"let_go,omitempty" toml:"let_go"`
	Label       Right `json:"label,omitempty" toml:"label"`
	Handover    Right `json:"handover,omitempty" toml:"handover"`
	Return      Right `json:"return,omitempty" toml:"return"`
	Unlock      Right `json:"unlock,omitempty" toml:"unlock"`
	Count       Right `json:"count,omitempty" toml:"count"`
	Cases       Right `json:"cases,omitempty" toml:"cases"`
	Products    Right `json:"products,omitempty" toml:"products"`
	Orders      Right `json:"orders,omitempty" toml:"orders"`
	Stock       Right `json:"stock,omitempty" toml:"stock"`
	Outbox      Right `json:"outbox,omitempty" toml:"outbox"`
	Owed        Right `json:"owed,omitempty" toml:"owed"`
	Shifts      Right `json:"shifts,omitempty" toml:"shifts"`
	Settings    Right `json:"settings,omitempty" toml:"settings"`
	People      Right `json:"people,omitempty" toml:"people"`
	Rights      Right `json:"rights,omitempty" toml:"rights"`
}

// Spec says what an action of the table is.
type Spec struct {
	Action Action
	Name   string // short, for a page
	Does   string // in words
	// Bench says that it is done at the bench, where a PIN or a second badge can be
	// asked for in the middle of the work. What is done at a desk or on a page is
	// allowed or not.
	Bench bool
	// Vital says that somebody must be left who may, or the shop would be locked out.
	Vital bool

	by func(*Rights) *Right
	is Right
}

var specs = []Spec{
	{Override, "Accept", "accept a weight that is off, or goods that a rule turned away", true, false, func(r *Rights) *Right { return &r.Override }, From(station.Supervisor).WithReason(true)},
	{Confirm, "Confirm by hand", "confirm goods without a scan", true, false, func(r *Rights) *Right { return &r.Confirm }, From(station.Supervisor)},
	{Void, "Void a label", "void a label, reopen a parcel, or take another service for it", true, false, func(r *Rights) *Right { return &r.Void }, From(station.Supervisor)},
	{TypedWeight, "Type a weight", "type a weight where the scale cannot weigh", true, false, func(r *Rights) *Right { return &r.TypedWeight }, From(station.Supervisor)},
	{Reprint, "Print again", "print a label, a paper or a list again", true, false, func(r *Rights) *Right { return &r.Reprint }, From(station.Packer)},
	{Cancel, "Cancel", "cancel the packing of an order, or the loading of a van", true, false, func(r *Rights) *Right { return &r.Cancel }, From(station.Packer)},
	{Purchase, "Settle a purchase", "say whether a carrier sold a label whose purchase is unknown", true, false, func(r *Rights) *Right { return &r.Purchase }, From(station.Supervisor)},
	{LetGo, "Let a parcel go", "let a van leave with parcels that its carrier does not know", true, false, func(r *Rights) *Right { return &r.LetGo }, From(station.Supervisor)},
	{Label, "Make a label", "make the label of a parcel, which may buy postage", true, false, func(r *Rights) *Right { return &r.Label }, From(station.Packer)},
	{Handover, "Load a van", "load a van and hand its parcels over", true, false, func(r *Rights) *Right { return &r.Handover }, From(station.Packer)},
	{Return, "Take returns", "take apart what comes back", true, false, func(r *Rights) *Right { return &r.Return }, From(station.Packer)},
	{Unlock, "Unlock a bench", "unlock a bench that too many refusals locked", true, true, func(r *Rights) *Right { return &r.Unlock }, From(station.Supervisor)},
	{Count, "Count stock", "count the stock", false, false, func(r *Rights) *Right { return &r.Count }, ranked(station.Packer, No)},
	{Cases, "Cases", "see and resolve cases, and read who did what", false, false, func(r *Rights) *Right { return &r.Cases }, ranked(station.Supervisor, No)},
	{Products, "Products", "link a code to a product, and correct its weight", false, false, func(r *Rights) *Right { return &r.Products }, ranked(station.Supervisor, No)},
	{Orders, "Hold orders", "hold an order and release it", false, false, func(r *Rights) *Right { return &r.Orders }, ranked(station.Supervisor, No)},
	{Stock, "Stock", "see the stock and book it in, out and to another bin", false, false, func(r *Rights) *Right { return &r.Stock }, ranked(station.Supervisor, No)},
	{Outbox, "Outbox", "see what waits to go to shops, and give it up", false, false, func(r *Rights) *Right { return &r.Outbox }, ranked(station.Supervisor, No)},
	{Owed, "Money owed", "see what buyers are owed for returns, announce and match returns, and settle them", false, false, func(r *Rights) *Right { return &r.Owed }, ranked(station.Supervisor, No)},
	{Shifts, "Shift book", "see and export the shift book", false, false, func(r *Rights) *Right { return &r.Shifts }, ranked(station.Manager, No)},
	{Settings, "Settings", "change settings, shops, carriers and imports", false, true, func(r *Rights) *Right { return &r.Settings }, ranked(station.Manager, No)},
	{People, "People", "revoke badges and set PINs", false, false, func(r *Rights) *Right { return &r.People }, ranked(station.Manager, No)},
	{Rightful, "Rights", "change this table", false, true, func(r *Rights) *Right { return &r.Rights }, ranked(station.Administrator, No)},
}

// Specs lists the actions in the order of the table.
func Specs() []Spec { return slices.Clone(specs) }

// SpecOf finds an action.
func SpecOf(a Action) (Spec, bool) {
	i := slices.IndexFunc(specs, func(s Spec) bool { return s.Action == a })
	if i < 0 {
		return Spec{}, false
	}
	return specs[i], true
}

// Leaves are what can be set for the action.
func (s Spec) Leaves() []Leave {
	if s.Bench {
		return []Leave{Yes, WithPIN, Second, No}
	}
	return []Leave{Yes, No}
}

// Default is the table of a shop that has changed nothing.
func Default() (r Rights) {
	for _, s := range specs {
		*s.by(&r) = s.is
	}
	return r
}

// Zero reports whether there is no table at all.
func (r Rights) Zero() bool { return r == Rights{} }

// Of is the row of an action.
func (r Rights) Of(a Action) Right {
	s, known := SpecOf(a)
	if !known {
		return ""
	}
	if row := *s.by(&r); row != "" {
		return row
	}
	return s.is
}

// Set puts a row into the table.
func (r *Rights) Set(a Action, row Right) {
	if s, known := SpecOf(a); known {
		*s.by(r) = row
	}
}

// Above reports whether a role may do alone what a packer may not.
func (r Rights) Above(role station.Role) bool {
	return slices.ContainsFunc(specs, func(s Spec) bool {
		row := r.Of(s.Action)
		return row.Alone(role) && !row.Alone(station.Packer)
	})
}

// Standing is the role that counts: who is in training has a packer's and no more, whatever
// they are to become.
func Standing(role station.Role, trainee bool) station.Role {
	if trainee && role != "" {
		return station.Packer
	}
	return role
}

// May reports whether who may do it without anybody else. The error is a *Denied.
func (r Rights) May(who station.Person, a Action) error {
	if who.ID == "" {
		return &Denied{Why: Nobody, Words: "scan your badge first"}
	}
	row := r.Of(a)
	if row.Alone(Standing(who.Role, who.Trainee)) {
		return nil
	}
	if least := row.Least(); least != "" {
		return &Denied{Why: LacksRole, Words: fmt.Sprintf("this needs the badge of a %s", least)}
	}
	return &Denied{Why: LacksRole, Words: "the rights of this shop let nobody do this"}
}

// Check returns what is wrong with a table, each fault with the key of its row. A table
// that would lock everybody out is none.
func (r Rights) Check(fault func(key, words string)) {
	for _, s := range specs {
		key, row := string(s.Action), r.Of(s.Action)
		if words := s.check(row); words != "" {
			fault(key, words)
			continue
		}
		least := row.Least()
		switch {
		case least == "" && s.Vital:
			fault(key, fmt.Sprintf("no role is left that may %s: everybody would be locked out", s.Does))
		case least == "" && strings.Contains(string(row), string(Second)):
			fault(key, "a second badge is asked for, and no role has one that counts: write yes or pin for at least one role")
		}
	}
}

// check says in words what is wrong with one row, "" for nothing.
func (s Spec) check(row Right) string {
	words := strings.Fields(string(row))
	if len(words) == len(roles)+1 && words[len(roles)] == "reason" {
		if !s.Bench {
			return "a reason is only asked for at the bench"
		}
		words = words[:len(roles)]
	}
	if len(words) != len(roles) {
		return fmt.Sprintf("%q must be four words, for packer, supervisor, manager and administrator, and may end with reason", clip(string(row)))
	}
	for _, w := range words {
		if !slices.Contains(s.Leaves(), Leave(w)) {
			return fmt.Sprintf("%q is not one of %s", clip(w), list(s.Leaves()))
		}
	}
	return ""
}

func list(leaves []Leave) string {
	words := make([]string, len(leaves))
	for i, l := range leaves {
		words[i] = string(l)
	}
	return strings.Join(words, ", ")
}

func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
