package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"packbench/cmd/internal/caserules"
	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desk/assign"
	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/store"
)

// caseLine is a case as it is printed.
type caseLine struct {
	Case       string      `json:"case"`
	At         time.Time   `json:"at"`
	Kind       string      `json:"kind"`
	Code       pack.Code   `json:"code"`
	Station    string      `json:"station"`
	By         string      `json:"by"`
	Order      string      `json:"order"`
	SKU        string      `json:"sku"`
	State      cases.State `json:"state"`
	Group      string      `json:"group"`
	Reason     string      `json:"reason"`
	ResolvedBy string      `json:"resolved_by"`
	Assigned   string      `json:"assigned"`
}

func (f *flags) printCase(d *folder.Folder, c cases.Case) error {
	line := caseLine{
		Case: c.ID, At: c.At, Kind: c.Kind, Code: c.Code, Station: c.Station, By: c.By, Order: cmp.Or(c.Number, c.Order), SKU: c.SKU,
		State: c.State, Group: c.Group, Reason: c.Reason, ResolvedBy: c.ResolvedBy, Assigned: c.Assigned,
	}
	words := fmt.Sprintf("%-8s %s  %-8s %-8s %-8s %s", c.ID, c.At.In(d.Location()).Format("2006-01-02 15:04"), c.State, c.By, line.Order, c.Group)
	if c.State == cases.Resolved {
		words += fmt.Sprintf(" (%s, %s)", c.Reason, c.ResolvedBy)
	}
	if c.Assigned != "" && c.State == cases.Open {
		words += ", assigned to " + c.Assigned
	}
	return f.print(line, "%s", words)
}

// runCases lists the cases, newest first.
func runCases(ctx context.Context, f *flags) error {
	open := f.Bool("open", false, "only those not yet resolved")
	of := f.String("assigned", "", "only those assigned to this person, or nobody")
	if err := f.readAlone(); err != nil {
		return err
	}
	var filter store.CaseFilter
	if *open {
		filter.State = store.CaseOpen
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		able, err := assign.Able(ctx, d)
		switch {
		case err != nil:
			return err
		case *of == "nobody":
			filter = able.Others(filter)
		case *of != "" && able.Of(*of) == "":
			return fmt.Errorf("%s is nobody who may resolve cases", clipped(*of, 40))
		default:
			filter.Assigned = *of
		}
		list, err := desk.New(d).Cases(ctx, filter)
		for i := 0; i < len(list) && err == nil; i++ {
			err = f.printCase(d, list[i])
		}
		return err
	})
}

// caseWords is how each of the desk's decisions is written, and how many
// words it takes.
var caseWords = map[string]struct {
	usage string
	words int
}{
	"resolve": {"resolve CASE REASON", 2},
	"link":    {"link CASE SKU [--factor N]", 2},
	"unlock":  {"unlock STATION", 1},
	"hold":    {"hold ORDER|CASE REASON", 2},
	"release": {"release ORDER|CASE", 1},
	"requeue": {"requeue ORDER|CASE", 1},
	"reopen":  {"reopen CASE", 1},
	"note":    {"note CASE", 1},
	"assign":  {"assign CASE PERSON|nobody", 2},
	"mark":    {"mark SKU no|limited-quantity|lithium-battery|dangerous-goods", 2},
}

const caseVerbs = "resolve, link, unlock, hold, release, requeue, reopen, note, assign, mark, rules"

// runCase carries out one decision of the desk. Who acts is told by the code of
// a badge on standard input, because arguments can be read by everybody on
// the computer; a note follows it there, because it may name somebody.
func runCase(ctx context.Context, f *flags) error {
	factor := f.Int("factor", 1, "units that the linked code stands for")
	days := f.Int("days", 7, "with rules: days that they are tried on")
	set := settings{}
	f.Var(set, "set", "with rules: key=value, a rule as it would be")
	rest, err := f.read()
	if err != nil {
		return err
	}
	if len(rest) == 1 && rest[0] == "rules" {
		return f.caseRules(ctx, *days, set)
	}
	if len(rest) == 0 {
		return usagef("say what to do: %s", caseVerbs)
	}
	act, known := caseWords[rest[0]]
	if !known {
		return usagef("%q is not one of %s", rest[0], caseVerbs)
	}
	if len(rest) != 1+act.words || slices.Contains(rest, "") {
		return usagef("usage: packctl case %s; reasons: %s", act.usage, strings.Join(reasonCodes(), ", "))
	}
	if *factor < 1 {
		return usagef("--factor is a number from 1")
	}
	return f.within(ctx, func(d *folder.Folder) error {
		in := bufio.NewReader(f.in)
		who, err := asker(ctx, in, d)
		if err != nil {
			return err
		}
		k := supervisor{Desk: desk.New(d), who: who, in: in, out: f}
		return k.act(ctx, rest, *factor)
	})
}

func reasonCodes() []string {
	var codes []string
	for _, r := range cases.Reasons() {
		codes = append(codes, r.Code)
	}
	return codes
}

func asker(ctx context.Context, in *bufio.Reader, d *folder.Folder) (cases.Asker, error) {
	code, _, err := readLine(in)
	if err != nil && !errors.Is(err, io.EOF) {
		return cases.Asker{}, err
	}
	if strings.TrimSpace(code) == "" {
		return cases.Asker{}, errors.New("the badge code of whoever acts is needed, as one line on standard input")
	}
	return desk.New(d).Asker(ctx, code, func() (string, error) {
		pin, _, err := readLine(in)
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return strings.TrimSpace(pin), err
	})
}

// supervisor is one decision at the desk being carried out.
type supervisor struct {
	desk.Desk
	who cases.Asker
	in  *bufio.Reader // behind the badge
	out *flags
}

// maxNote is how many bytes a note may have.
const maxNote = 4000

// note reads what stands below the badge code, as one line.
func (k supervisor) note() (string, error) {
	text, err := io.ReadAll(io.LimitReader(k.in, maxNote+1))
	note := strings.Join(strings.Fields(string(text)), " ")
	switch {
	case err != nil:
		return "", err
	case len(text) > maxNote:
		return "", fmt.Errorf("the note is too long: at most %d bytes", maxNote)
	case !utf8.ValidString(note):
		return "", errors.New("the note is no text in UTF-8")
	case note == "":
		return "", errors.New("the note is needed on standard input, below the badge code")
	}
	return note, nil
}

// shown prints a case as it is now.
func (k supervisor) shown(ctx context.Context, id string) error {
	c, err := k.Case(ctx, id)
	if err != nil {
		return err
	}
	return k.out.printCase(k.Folder, c)
}

func (k supervisor) act(ctx context.Context, words []string, factor int) error {
	id := words[1]
	switch words[0] {
	case "resolve":
		c, err := k.Resolve(ctx, k.who, id, words[2])
		if err != nil {
			return err
		}
		return k.out.printCase(k.Folder, c)
	case "link":
		if err := k.Link(ctx, k.who, id, "", words[2], factor); err != nil {
			return err
		}
		return k.shown(ctx, id)
	case "mark":
		return k.mark(ctx, id, words[2])
	case "reopen":
		if err := k.Reopen(ctx, k.who, id); err != nil {
			return err
		}
		return k.shown(ctx, id)
	case "note":
		note, err := k.note()
		if err != nil {
			return err
		}
		if err := k.Note(ctx, k.who, id, note); err != nil {
			return err
		}
		return k.shown(ctx, id)
	case "assign":
		to := words[2]
		if to == "nobody" {
			to = ""
		}
		if err := assign.To(ctx, k.Folder, k.who, id, to); err != nil {
			return err
		}
		return k.shown(ctx, id)
	case "unlock":
		done, err := k.UnlockStation(ctx, k.who, id)
		if err != nil {
			return err
		}
		return k.out.print(map[string]any{"station": done.Station, "by": done.By}, "station %s can work again", done.Station)
	default:
		if o, err := k.OrderCalled(ctx, id); err == nil {
			id = o.ID
		} else if !errors.Is(err, store.ErrUnknown) { // a case, or nothing
			return err
		}
		switch words[0] {
		case "release":
			return k.release(ctx, id)
		case "requeue":
			return k.requeue(ctx, id)
		}
		return k.hold(ctx, id, words[2])
	}
}

func (k supervisor) hold(ctx context.Context, id, reason string) error {
	done, err := k.HoldOrder(ctx, k.who, id, reason)
	if err != nil {
		return err
	}
	o, err := k.Store.Order(ctx, done.Order)
	if err != nil {
		return err
	}
	return k.out.print(map[string]any{"order": o.Called(), "state": "held", "reason": done.Reason, "by": done.By}, "order %s is held", o.Called())
}

func (k supervisor) requeue(ctx context.Context, id string) error {
	done, err := k.QueueRest(ctx, k.who, id)
	if err != nil {
		return err
	}
	o, err := k.Store.Order(ctx, done.Order)
	if err != nil {
		return err
	}
	return k.out.print(map[string]any{"order": o.Called(), "state": string(o.Status), "by": done.By}, "order %s is back in the queue with what was left out of it", o.Called())
}

func (k supervisor) release(ctx context.Context, id string) error {
	done, err := k.ReleaseOrder(ctx, k.who, id)
	if err != nil {
		return err
	}
	o, err := k.Store.Order(ctx, done.Order)
	if err != nil {
		return err
	}
	state, words := string(o.Status), ""
	if o.Reason != "" {
		words = ": " + o.Reason
	}
	return k.out.print(map[string]any{"order": o.Called(), "state": state, "reason": o.Reason, "by": done.By}, "order %s is no longer held here; it is %s%s", o.Called(), state, words)
}

// mark says which dangerous goods a product is.
func (k supervisor) mark(ctx context.Context, sku, text string) error {
	is, ok := station.ParseDanger(text)
	if !ok {
		return usagef("%q is not known: write no, limited-quantity, lithium-battery or dangerous-goods", clipped(text, 40))
	}
	if err := k.MarkDanger(ctx, k.who, sku, is); err != nil {
		return err
	}
	return k.out.print(map[string]any{"sku": sku, "danger": is, "by": k.who.Person.ID}, "%s: %s", sku, cmp.Or(string(is), "no dangerous goods"))
}

// caseRules shows which mismatches become cases, and what the rules, as they are or as
// they would be, make of the last days. Nothing is changed.
func (f *flags) caseRules(ctx context.Context, days int, set settings) error {
	if days < 1 || days > 366 {
		return usagef("--days is a number from 1 to 366")
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		would := d.Settings
		for _, key := range slices.Sorted(maps.Keys(set)) {
			if err := caserules.Set(&would, key, set[key]); err != nil {
				return err
			}
		}
		tried, err := caserules.Try(ctx, d, would.Cases, would.Rules.LockAfter, days)
		for i := 0; i < len(tried) && err == nil; i++ {
			t := tried[i]
			err = f.print(t, "%-12s  %s: %d met in %s, %d became cases, %d would", t.Rule, t.Means, t.Met, say.Many(days, "day"), t.Were, t.Would)
		}
		return err
	})
}
