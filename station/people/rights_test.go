package people

import (
	"strings"
	"testing"

	"packbench/station"
)

// The default says what four ranks said: who may do more may do all that those before
// may.
func TestTheDefaultTable(t *testing.T) {
	r := Default()
	r.Check(func(key, words string) { t.Errorf("%s: %s", key, words) })
	if (Rights{}).Of(Void) != r.Of(Void) {
		t.Error("a table without a row has none")
	}
	least := map[Action]station.Role{
		Override: station.Supervisor, Confirm: station.Supervisor, Void: station.Supervisor, TypedWeight: station.Supervisor, Reprint: station.Packer,
		Cancel: station.Packer, Purchase: station.Supervisor, LetGo: station.Supervisor, Label: station.Packer, Handover: station.Packer, Unlock: station.Supervisor, Count: station.Packer,
		Return: station.Packer, Owed: station.Supervisor, Cases: station.Supervisor, Products: station.Supervisor, Orders: station.Supervisor, Stock: station.Supervisor, Outbox: station.Supervisor,
		Shifts: station.Manager, Settings: station.Manager, People: station.Manager, Rightful: station.Administrator,
	}
	for _, s := range Specs() {
		for _, role := range Roles() {
			want := No
			switch {
			case role.May(least[s.Action]):
				want = Yes
			case s.Bench:
				want = Second
			}
			if got := r.Of(s.Action).Of(role); got != want {
				t.Errorf("%s by a %s: %s, want %s", s.Action, role, got, want)
			}
			err := why(r.May(station.Person{ID: "X", Role: role}, s.Action))
			if (err == "") != (want == Yes) || err != "" && err != LacksRole {
				t.Errorf("%s by a %s alone: %q", s.Action, role, err)
			}
		}
		if got := r.Of(s.Action).Least(); got != least[s.Action] {
			t.Errorf("%s: from %s on, want %s", s.Action, got, least[s.Action])
		}
	}
	if len(least) != len(Specs()) {
		t.Error("an action is missing here")
	}
	if why(r.May(station.Person{}, Count)) != Nobody || why(r.May(station.Person{ID: "X", Role: "king"}, Count)) != LacksRole {
		t.Error("nobody, or a role that nobody knows, may count")
	}
}

// A table that would lock everybody out is refused, and says why.
func TestATableThatLocksEverybodyOut(t *testing.T) {
	for _, c := range []struct {
		change func(*Rights)
		says   string // "" for a table that is right
	}{
		{func(r *Rights) { r.Settings = "no no no no" }, "locked out"},
		{func(r *Rights) { r.Rights = "no no no no" }, "locked out"},
		{func(r *Rights) { r.Unlock = "second second second no" }, "locked out"},
		{func(r *Rights) { r.Unlock = "no pin no no" }, ""},
		{func(r *Rights) { r.Void = "no no no no" }, ""},
		{func(r *Rights) { r.Void = "second no no no" }, "second badge"},
		{func(r *Rights) { r.Void = "second no pin no reason" }, ""},
		{func(r *Rights) { r.Void = "yes yes yes" }, "four words"},
		{func(r *Rights) { r.Void = "yes yes yes yes yes" }, "four words"},
		{func(r *Rights) { r.Void = "yes yes yes maybe" }, `"maybe" is not one of yes, pin, second, no`},
		{func(r *Rights) { r.Cases = "no second yes yes" }, `"second" is not one of yes, no`},
		{func(r *Rights) { r.Cases = "no yes yes yes reason" }, "at the bench"},
		{func(r *Rights) { r.Rights = "" }, ""},
	} {
		r := Default()
		c.change(&r)
		var said []string
		r.Check(func(key, words string) { said = append(said, key+": "+words) })
		if all := strings.Join(said, "\n"); (c.says == "") != (all == "") || !strings.Contains(all, c.says) || len(said) > 1 {
			t.Errorf("%+v: %q, want %q", r, all, c.says)
		}
	}
}

func TestARowIsChangedByRole(t *testing.T) {
	row := From(station.Supervisor).With(station.Packer, No).With(station.Manager, WithPIN).WithReason(true)
	if row != "no yes pin yes reason" || !row.Reason() || row.WithReason(false) != "no yes pin yes" || row.Of(station.Manager) != WithPIN {
		t.Errorf("%q", row)
	}
	if row.With("king", Yes) != row || Right("").With(station.Packer, Yes) != "" || Right("").Of(station.Packer) != No {
		t.Error("what is no role or no row has a leave")
	}
}
