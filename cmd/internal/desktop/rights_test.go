package desktop

import (
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/desk"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/screen"
	"packbench/station/shift"
)

// changes are who changed what of the shop, by today's shift book.
func (d *seat) changes() (out []string) {
	d.Helper()
	f := d.front.Folder
	book, err := desk.New(f).ShiftBook(d.Context(), shift.DateOf(f.Clock().In(f.Location())), 0)
	if err != nil {
		d.Fatal(err)
	}
	for _, c := range book.Changes {
		out = append(out, c.By+" "+c.What)
	}
	return out
}

// A right is changed by touch alone and counts at once at this very bench. A table that
// would lock everybody out is refused in words and not kept, and so is the change of
// somebody whose badge may not make it.
func TestRightsByTouch(t *testing.T) {
	d := newDesk(t)
	says := func(words string) {
		t.Helper()
		d.until("“"+words+"”", func(v screen.View) bool { return v.Settings != nil && strings.Contains(v.Settings.Saved, words) })
	}
	cancel := func(value string) {
		t.Helper()
		d.until("the row to say "+value, func(v screen.View) bool {
			if v.Settings == nil || v.Entry != nil {
				return false
			}
			for _, f := range v.Settings.Fields {
				if f.Key == "rights.cancel" {
					return f.Value == value
				}
			}
			return false
		})
	}
	choose := func(words string) {
		t.Helper()
		d.touch("field:rights.cancel")
		v := d.until("the rows to choose from", func(v screen.View) bool { return v.Entry != nil && len(v.Entry.Choices) > 0 })
		for _, c := range v.Entry.Choices {
			if c.Label == words {
				d.touch(c.ID)
				return
			}
		}
		t.Fatalf("%q is not offered: %+v", words, v.Entry.Choices)
	}

	d.signIn("B-MANAGER")
	d.settingsTab("Rights")
	cancel("Everybody")
	choose("Supervisors")
	says("your badge may not change rights")

	d.post("PB:badge:B-ADMIN")
	d.until("the administrator", func(v screen.View) bool { return v.Header.Person == "Administrator One" })
	d.settingsTab("Rights")
	cancel("Everybody")
	choose("Supervisors")
	cancel("Supervisors")
	d.touch("save")
	says("saved in station.toml")
	d.set("rights.rights", "no no no no")
	d.touch("save")
	says("everybody would be locked out")
	if r := d.kept().Rights; r.Of(people.Cancel) != "second yes yes yes" || r.Of(people.Rightful) != people.Default().Of(people.Rightful) {
		t.Errorf("kept: %+v", r)
	}

	if got := d.changes(); !slices.Equal(got, []string{"A1 right cancel: packer second, was yes"}) {
		t.Errorf("the shift book has %q", got)
	}

	d.post("PB:badge:B-PACKER")
	d.until("the packer", func(v screen.View) bool { return v.Page == screen.PageIdle && v.Header.Person == "Packer One" })
	d.post("1001")
	d.onOrder("1001")
	d.front.Bench.Engine.Post(engine.Press{Command: pack.Command{Name: "cancel", Sure: true}})
	d.until("another badge to be asked for", func(v screen.View) bool { return v.Bench != nil && v.Bench.Card.Head == "Badge, please" })
	d.post("PB:badge:B-SUPERVISOR")
	d.until("no order", func(v screen.View) bool { return v.Page == screen.PageIdle && v.Header.Person == "Packer One" })
}
