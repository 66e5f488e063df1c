package rulefront

import (
	"slices"
	"strings"

	"packbench/cmd/internal/desktop/shell"
	"packbench/station/carrier/rules"
	"packbench/station/say"
	"packbench/station/screen"
)

// kind is what a rule does.
type kind struct{ id, name, example string }

var kinds = []kind{
	{"use", "Use these services", "the first rule whose services take the parcel"},
	{"never", "Never these services", "they are left out"},
	{"prefer", "Prefer these services", "even if they are dearer by so much"},
	{"signature", "With a signature", "somebody must sign for it"},
	{"insure", "Insured", "for its value"},
}

func (k kind) shown() screen.ShopKind {
	return screen.ShopKind{ID: k.id, Name: k.name, Example: k.example}
}

// kindOf is what a rule that is kept does first of all.
func kindOf(r rules.Rule) string {
	switch {
	case len(r.Use) > 0:
		return "use"
	case len(r.Never) > 0:
		return "never"
	case len(r.Prefer) > 0:
		return "prefer"
	case r.Signature:
		return "signature"
	}
	return "insure"
}

// draft is a rule that is being added or changed, at its place in the list.
type draft struct {
	shell.Draft
	at   int
	rule rules.Rule // as it is kept
}

func isField(id string) bool { return strings.HasPrefix(id, screen.RuleField) }

// part is a field of a rule: a list of words with commas, or one word.
type part struct {
	key, name, help string
	list            func(*rules.Rule) *[]string
	word            func(*rules.Rule) *string
}

var conditions = []part{
	{"name", "Name", "As reasons say it, such as Islands", nil, func(r *rules.Rule) *string { return &r.Name }},
	{"countries", "Countries", "DE, AT", func(r *rules.Rule) *[]string { return &r.Countries }, nil},
	{"postcodes", "Postcodes begin with", "259, 26465", func(r *rules.Rule) *[]string { return &r.Postcodes }, nil},
	{"value_from", "Worth at least", "500.00", nil, func(r *rules.Rule) *string { return &r.ValueFrom }},
	{"value_to", "Worth at most", "999.99", nil, func(r *rules.Rule) *string { return &r.ValueTo }},
	{"mass_from", "Weighs at least", "2 kg", nil, func(r *rules.Rule) *string { return &r.MassFrom }},
	{"mass_to", "Weighs at most", "20 kg", nil, func(r *rules.Rule) *string { return &r.MassTo }},
	{"skus", "Products (SKU)", "BOOK-*, LAMP", func(r *rules.Rule) *[]string { return &r.SKUs }, nil},
	{"tags", "Tags of the order", "gift, b2b", func(r *rules.Rule) *[]string { return &r.Tags }, nil},
	{"wished", "Service that was ordered", "Express*", func(r *rules.Rule) *[]string { return &r.Wished }, nil},
	{"shops", "Shops", "web", func(r *rules.Rule) *[]string { return &r.Shops }, nil},
	{"dangerous", "Dangerous goods", "yes or no; empty: both", nil, func(r *rules.Rule) *string { return &r.Dangerous }},
}

// parts are the fields of a kind of rule: what it does, and when.
func parts(kind string) []part {
	const services = "Services, carriers or accounts"
	switch kind {
	case "use":
		return append([]part{{"use", services, "demo-post, express-next", func(r *rules.Rule) *[]string { return &r.Use }, nil}}, conditions...)
	case "never":
		return append([]part{{"never", services, "demo-post, express-next", func(r *rules.Rule) *[]string { return &r.Never }, nil}}, conditions...)
	case "prefer":
		return append([]part{
			{"prefer", services, "demo-post, express-next", func(r *rules.Rule) *[]string { return &r.Prefer }, nil},
			{"by", "Dearer by at most", "0.60", nil, func(r *rules.Rule) *string { return &r.By }},
		}, conditions...)
	}
	return conditions
}

// begin begins the draft of a kind, with what a rule says; of another kind there is none.
func begin(id string, at int, of rules.Rule) *draft {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.id == id })
	if i < 0 {
		return nil
	}
	d := &draft{at: at, rule: of, Draft: shell.Draft{Field: screen.RuleField, Kind: kinds[i].shown(), Options: map[string]string{}}}
	for _, p := range parts(id) {
		d.Set = append(d.Set, shell.DraftSetting{Key: p.key, Name: p.name, Help: p.help})
		if text := p.text(&of); text != "" {
			d.Options[p.key] = text
		}
	}
	return d
}

func (p part) text(r *rules.Rule) string {
	if p.list != nil {
		return strings.Join(*p.list(r), ", ")
	}
	return *p.word(r)
}

func (d *draft) fields() []screen.Field {
	out := d.SettingFields()
	if len(out) > 0 {
		out[0].Section = ""
	}
	return out
}

// Name gives a field that is opened the words of what it is.
func (p *Page) Name(e *screen.Entry) {
	if isField(e.ID) && p.draft != nil {
		p.draft.Draft.Name(e, p.draft.fields())
		e.Hint = p.Language().Say("Such as {text}", "text", p.Language().Phrase(e.Hint))
	}
}

// Typed takes the text of a field; it reports whether the field was its own.
func (p *Page) Typed(field, text string) bool {
	if !isField(field) {
		return false
	}
	if d := p.draft; d != nil && !d.Saving && p.Manages() {
		d.Enter(field, text)
	}
	return true
}

// made is the rule that the draft says.
func (d *draft) made() rules.Rule {
	r := d.rule
	for _, p := range parts(d.Kind.ID) {
		text := strings.TrimSpace(d.Options[p.key])
		if p.word != nil {
			*p.word(&r) = text
			continue
		}
		var words []string
		for w := range strings.SplitSeq(text, ",") {
			if w = strings.TrimSpace(w); w != "" {
				words = append(words, w)
			}
		}
		*p.list(&r) = words
	}
	switch d.Kind.ID {
	case "signature":
		r.Signature = true
	case "insure":
		r.Insure = true
	}
	return r
}

// save keeps the draft, or says what is wrong with it.
func (p *Page) save() {
	d := p.draft
	if d == nil || d.Kind.ID == "" || d.Saving {
		return
	}
	r := d.made()
	if faults := rules.Check([]rules.Rule{r}, p.keeper.Currency()); len(faults) > 0 {
		d.Fault = say.Sentence(p.words(strings.TrimPrefix(faults[0].Error(), "rule 1, ")))
		return
	}
	list := slices.Clone(p.keeper.Rules())
	if d.Fresh || d.at >= len(list) {
		list = append(list, r)
	} else {
		list[d.at] = r
	}
	d.Saving = true
	p.keep(list, min(d.at, len(list)-1), d)
}

// words puts a fault of the settings into those of the form.
func (p *Page) words(fault string) string {
	key, text, _ := strings.Cut(fault, ": ")
	for _, part := range parts(p.draft.Kind.ID) {
		if part.key == key {
			return p.Language().Say("{what}: {about}", "what", p.Language().Phrase(part.name), "about", text)
		}
	}
	return fault
}
