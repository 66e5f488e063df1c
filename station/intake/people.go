package intake

import (
	"cmp"
	"strings"
	"time"

	"packbench/station"
)

// people reads people and badges. Columns: id, name, role, badge, lang, valid_from,
// valid_to, trainee. Needed: id, role, badge.
type people struct {
	held
	items  []Badged
	seen   map[string]int
	badges map[string]int
}

func (*people) schema([]string) schema {
	return schema{
		{name: "id", need: true, also: []string{"person", "personid", "personalnummer", "nr"}},
		{name: "name", also: []string{"anzeigename"}},
		{name: "role", need: true, also: []string{"rolle"}},
		{name: "badge", need: true, also: []string{"badgecode", "code", "ausweis", "ausweiscode"}},
		{name: "lang", also: []string{"language", "sprache"}},
		{name: "valid_from", also: []string{"from", "since", "gueltigab"}},
		{name: "valid_to", also: []string{"to", "until", "validuntil", "gueltigbis"}},
		{name: "trainee", also: []string{"training", "azubi"}},
	}
}

func (p *people) add(r row, _ Options, _ *Report) error {
	if err := p.hold(r.record); err != nil {
		return err
	}
	id, err := r.id("id")
	if err != nil {
		return err
	}
	if first, ok := p.seen[id]; ok {
		return r.fail("id", "%q stands in row %d already", id, first)
	}
	item := Badged{Person: station.Person{ID: id}, Row: r.row}
	if item.Name, err = r.long("name", 100); err != nil {
		return err
	}
	item.Name = cmp.Or(item.Name, id)
	role := strings.ToLower(r.text("role"))
	if role == "admin" {
		role = string(station.Administrator)
	}
	if item.Role = station.Role(role); item.Role.Rank() == 0 {
		return r.fail("role", "%q is not one of packer, supervisor, manager, administrator", short(role))
	}
	if exponent.MatchString(r.text("badge")) { // the code is a secret, so that the reason does not say it
		return r.fail("badge", "it has lost digits in a spreadsheet; format the column as text and enter the code again")
	}
	if item.Badge, err = r.id("badge"); err != nil {
		return err
	}
	if len(item.Badge) < 4 {
		return r.fail("badge", "it is shorter than 4 characters")
	}
	// The code is a secret, so the reason names the row and not the code.
	if first, ok := p.badges[item.Badge]; ok {
		return r.fail("badge", "the same badge stands in row %d", first)
	}
	if item.Lang = strings.ToLower(r.text("lang")); len(item.Lang) > 8 {
		return r.fail("lang", "%q is not a language such as \"en\" or \"de\"", short(item.Lang))
	}
	if err := r.pass(&item); err != nil {
		return err
	}
	p.seen[id], p.badges[item.Badge] = r.row, r.row
	p.items = append(p.items, item)
	return nil
}

// pass reads when the badge counts, and whether its person is in training.
func (r row) pass(item *Badged) (err error) {
	for _, day := range []struct {
		name string
		to   *string
	}{{"valid_from", &item.Since}, {"valid_to", &item.Until}} {
		text := r.text(day.name)
		if text == "" {
			continue
		}
		at, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return r.fail(day.name, "%q is not a day such as 2026-01-31", short(text))
		}
		*day.to = at.Format(time.DateOnly)
	}
	if item.Since != "" && item.Until != "" && item.Until < item.Since {
		return r.fail("valid_to", "it is before valid_from")
	}
	item.Trainee, err = r.yes("trainee")
	return err
}

func (p *people) done(*Report) ([]Badged, error) { return p.items, nil }
