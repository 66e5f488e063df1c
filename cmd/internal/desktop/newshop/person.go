package newshop

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/desktop/setup"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/papers"
	"packbench/cmd/internal/papers/cards"
	"packbench/devices/printer"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/engine"
	"packbench/station/intake"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// badgeLength is how many letters of base32 a badge made here has: 100 bits.
const badgeLength = 20

// Typed takes the name of a new person; it reports whether the field was its own.
func (p *Page) Typed(field, name string) bool {
	role, mine := strings.CutPrefix(field, screen.PersonField)
	if !mine {
		return false
	}
	if name = strings.TrimSpace(name); name == "" || !p.Manages() {
		return true
	}
	bare, d, by, l := p.Bare, p.Folder, p.Person().ID, p.Language()
	p.work(screen.StepPeople, l.Say("Adding {name}", "name", name), func(ctx context.Context) (screen.Came, func()) {
		who, words, err := addPerson(ctx, l, d, by, name, station.Role(role))
		if err != nil {
			return failed(err), nil
		}
		return screen.Came{Words: words}, func() { p.badged([]intake.Badged{who}, bare) }
	})
	return true
}

// addPerson gives a person a new badge; one that is new here gets an id too, which
// says nothing of the name.
func addPerson(ctx context.Context, l say.Language, d *folder.Folder, by, name string, role station.Role) (who intake.Badged, words string, err error) {
	all, err := d.Store.People(ctx)
	if err != nil {
		return who, "", err
	}
	ids, was := map[string]bool{}, station.Person{}
	who = intake.Badged{Person: station.Person{Name: name, Role: role}, Badge: rand.Text()[:badgeLength]}
	words = l.Say("{name} is added. Print the badge", "name", name)
	for _, m := range all {
		ids[m.ID] = true
		if !strings.EqualFold(m.Name, name) {
			continue
		}
		if m.Role != role {
			return who, "", errors.New(l.Say("{name} is here already, as {role}: choose that role for a new badge, or another name", "name", m.Name, "role", l.Phrase(string(m.Role))))
		}
		was, who.Person = m.Person, m.Person
		words = l.Say("{name} has a new badge; the old one no longer works. Print it", "name", m.Name)
	}
	for n := 1; who.ID == ""; n++ {
		if id := fmt.Sprint("P", n); !ids[id] {
			who.ID = id
		}
	}
	if err := d.RenewBadgeKey(ctx); err != nil {
		return who, "", err
	}
	did, err := d.Store.PutPeople(ctx, d.Members([]intake.Badged{who}))
	switch {
	case err != nil:
		return who, words, err
	case did[0] == store.Refused:
		return who, words, errors.New(l.Phrase("another person has this badge: try again"))
	}
	fact := cases.PeopleChanged{By: by}
	fact.Alter(was, who.Person)
	return who, words, d.AtDesk(ctx, fact)
}

// signInWithin is how long a badge made here may take to sign its person in.
const signInWithin = 5 * time.Second

// badged keeps the codes of badges until they are printed. The first manager of a shop
// that had nobody is signed in: it is who stands here.
func (p *Page) badged(list []intake.Badged, bare bool) {
	for _, b := range list {
		p.badges = slices.DeleteFunc(p.badges, func(old intake.Badged) bool { return old.ID == b.ID })
		p.badges = append(p.badges, b)
	}
	if i := slices.IndexFunc(list, p.manages); bare && i >= 0 {
		p.Bare, p.signing = false, time.Now().Add(signInWithin)
		p.Bench.Engine.Post(engine.Scan{Device: engine.Touch, Data: folder.OwnPrefix + "badge:" + list[i].Badge})
	}
}

// printBadges prints the badges whose codes are known, on the printer for sheets.
func (p *Page) printBadges() {
	if list := slices.Clone(p.badges); len(list) > 0 {
		p.print(screen.StepPeople, "badges", "The sheet of badges", func(ctx context.Context) (papers.Drawn, error) {
			return cards.New(p.Folder).BadgeSheet(ctx, list)
		})
	}
}

// printCards prints a sheet of cards to scan.
func (p *Page) printCards(sheet string) {
	from := cards.New(p.Folder)
	switch sheet {
	case "commands":
		p.print(screen.StepDevices, sheet, "The sheet of command cards", func(context.Context) (papers.Drawn, error) { return from.CommandSheet() })
	case "cartons":
		p.print(screen.StepCartons, sheet, "The sheet of box cards", from.CartonSheet)
	}
}

// print prints a sheet on the printer for sheets.
func (p *Page) print(step, name, what string, draw func(context.Context) (papers.Drawn, error)) {
	of, l := p.settings.Running().Printers.For("sheets"), p.Language()
	p.work(step, l.Say("Printing: {what}", "what", l.Lower(l.Phrase(what))), func(ctx context.Context) (screen.Came, func()) {
		doc, err := draw(ctx)
		if err != nil {
			return failed(err), nil
		}
		job := printer.Job{Name: name + "-" + time.Now().Format("20060102-150405"), Kind: doc.Kind, PDF: doc.PDF, ZPL: doc.ZPL}
		words, file := setup.Send(ctx, l, effects.NewPrinter(of, p.Folder.DocumentsDir()), of, job, what)
		came := screen.Came{Words: l.Sentence(words), File: file != ""}
		return came, func() { p.folder = filepath.Dir(file) }
	})
}
