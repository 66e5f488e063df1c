package intake

import (
	"cmp"
	"strings"

	"packbench/station"
)

// people reads people and badges. Columns: id, name, role, badge, lang. Needed:
// id, role, badge.
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
	p.seen[id], p.badges[item.Badge] = r.row, r.row
	p.items = append(p.items, item)
	return nil
}

func (p *people) done(*Report) ([]Badged, error) { return p.items, nil }
