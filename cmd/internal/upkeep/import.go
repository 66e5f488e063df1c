package upkeep

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"packbench/cmd/internal/columns"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/goods"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/intake"
	"packbench/station/store"
)

// Importable are the kinds of file that Import takes.
func Importable() []string {
	return []string{"products", "orders", "cartons", "rates", "people", "stock", "kits"}
}

// importAtOnce is how many items are stored in one transaction: a bench that
// works meanwhile waits for no more than that.
const importAtOnce = 500

// wordsKnown is for how many words of a file the product is remembered.
const wordsKnown = 100_000

// Import is what came of a file.
type Import struct {
	Read      int                `json:"read"` // rows; of a rate card, carriers
	Added     int                `json:"added"`
	Changed   int                `json:"changed"`
	Unchanged int                `json:"unchanged"`
	Rejected  []intake.Rejection `json:"rejected"`
	More      int                `json:"more,omitempty"` // rejections that are not listed
	Warnings  []intake.Rejection `json:"warnings,omitempty"`
	Ignored   []string           `json:"ignored,omitempty"` // columns that nobody knows
	Kind      string             `json:"kind,omitempty"`    // of file, of orders
	KindName  string             `json:"-"`                 // for people
	Left      []intake.Rejection `json:"left,omitempty"`    // orders that are not to be packed
	MoreLeft  int                `json:"more_left,omitempty"`
}

// count adds what putting some items did.
func (r *Import) count(changes []store.Change) {
	for _, c := range changes {
		switch c {
		case store.Added:
			r.Added++
		case store.Changed:
			r.Changed++
		case store.Unchanged:
			r.Unchanged++
		}
	}
}

// Import reads a file and keeps what is good in it. The file's name tells its
// format. An error is about the file as a whole, or about the database; what
// was stored before it stays, and importing again goes on from there. Progress
// is called now and then with words for a person; it may be nil.
func (d Upkeep) Import(ctx context.Context, kind string, r io.Reader, name string, progress func(phrase string, args ...string)) (Import, error) {
	return d.ImportAs(ctx, kind, r, name, How{}, progress)
}

// Stopped says that somebody stopped an import, and what is here of the file.
type Stopped struct {
	Part bool // of it is here
	Err  error
}

// Error says what was left, and what to do.
func (s *Stopped) Error() string {
	if !s.Part {
		return "stopped: nothing of the file was kept"
	}
	return "stopped: what was kept before stays; import the file again to go on from there"
}

// Unwrap returns the cause.
func (s *Stopped) Unwrap() error { return s.Err }

// How says of a file of orders what it does not say itself. The zero value is nothing.
type How struct {
	Kind    string          // of file, as Import.Kind; "" where the headings tell
	Mapping *intake.Mapping // what its columns hold; it is remembered for files with the same headings
	Rejects io.Writer       // takes the rows that were left out, with the reasons

	By, Account string // who changes people: somebody's id, or the key of an account of the computer
}

// ImportAs is Import of a file of which a person says more.
func (d Upkeep) ImportAs(ctx context.Context, kind string, r io.Reader, name string, how How, progress func(phrase string, args ...string)) (Import, error) {
	if progress == nil {
		progress = func(string, ...string) {}
	}
	if !slices.Contains(Importable(), kind) {
		return Import{}, fmt.Errorf("%q cannot be imported; these can: %s", kind, strings.Join(Importable(), ", "))
	}
	for _, cut := range folder.Unfinished(d.Dir) {
		progress(cut.String())
	}
	in := importer{Folder: d.Folder, name: name, how: how, progress: progress}
	done := sync.OnceValue(d.Importing(kind, name))
	whole, part := false, false
	in.whole, in.keeps = func() { whole, _ = true, done() }, func() { part = true }
	out, err := in.take(ctx, kind, r)
	if err != nil && ctx.Err() != nil && !whole {
		err = &Stopped{Part: part, Err: err}
	}
	return out, errors.Join(err, done())
}

func (in importer) take(ctx context.Context, kind string, r io.Reader) (Import, error) {
	d := in.Folder
	switch kind {
	case "products":
		return in.products(ctx, r)
	case "orders":
		return in.orders(ctx, r)
	case "cartons":
		return importAll(ctx, in, r, intake.ReadCartons, d.Store.PutCartons)
	case "rates":
		return in.rates(ctx, r)
	case "stock":
		return in.stock(ctx, r)
	case "kits":
		return in.kits(ctx, r)
	default:
		return in.people(ctx, r)
	}
}

type importer struct {
	*folder.Folder
	name     string
	how      How
	progress func(phrase string, args ...string)
	whole    func() // what is read counts: cut short, it is ended later
	keeps    func() // from here on a part of the file may be here
}

// options are what a file does not say itself.
func (in importer) options() intake.Options {
	told := 0 // the last call repeats the number before it
	return intake.Options{
		Location: in.Location(), Country: in.Settings.Sender.Country, Currency: in.Settings.Currency,
		Progress: func(rows int) {
			if rows%5000 == 0 && rows > told {
				told = rows
				in.progress("{n} rows read", "n", fmt.Sprint(rows))
			}
		},
	}
}

// products keeps what a file has no column for, and says what it takes away. All of them
// are kept or none; a long file takes no more memory than a short one.
func (in importer) products(ctx context.Context, r io.Reader) (out Import, err error) {
	spool, err := goods.NewSpool(ctx, in.Store, in.Dir)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, spool.Drop()) }()
	defer debug.SetGCPercent(debug.SetGCPercent(30)) // what is remembered of a million products would be held twice
	o := in.options()
	var mapped error
	o.Mapping = func(header []string) (m intake.Mapping, ok bool) {
		m, ok, mapped = in.mapping(ctx, header, columns.Products(in.Folder), intake.Mapping.CheckProducts)
		return m, ok
	}
	rep, err := intake.EachProduct(ctx, r, in.name, o, spool.Add)
	if err = errors.Join(err, mapped); err != nil {
		return out, err
	}
	out.tell(rep)
	var losses, refused []intake.Rejection
	err = spool.Keep(ctx, rep, in.whole, func(some goods.Kept) {
		for _, loss := range some.Losses {
			if len(losses) < mostLosses {
				losses = append(losses, intake.Rejection{Column: "sku", Reason: loss})
			}
		}
		refused = append(refused, some.Refused...)
		out.count(some.Did)
		in.keptSome(out)
	})
	out.Warnings = append(out.Warnings, losses...)
	out.Rejected = append(out.Rejected, refused...)
	return out, err
}

// kits gives products that are known the parts that a file says they are made of.
func (in importer) kits(ctx context.Context, r io.Reader) (out Import, err error) {
	in.keeps()
	changes, rep, refused, err := goods.Kits(ctx, in.Store, r, in.name, in.options())
	out.tell(rep)
	out.count(changes)
	out.Rejected = append(out.Rejected, refused...)
	return out, err
}

// keptSome tells how much is kept, now and then.
func (in importer) keptSome(r Import) {
	if done := r.Added + r.Changed + r.Unchanged; done%5000 == 0 {
		in.progress("{n} of about {all} kept", "n", fmt.Sprint(done), "all", fmt.Sprint(r.Read-len(r.Rejected)-r.More))
	}
}

// mostLosses is how many products are listed that lose something.
const mostLosses = 1000

// people rejects those whose badge another person has: in the end, because the file
// may take it from that one first.
func (in importer) people(ctx context.Context, r io.Reader) (Import, error) {
	items, rep, err := intake.ReadPeople(ctx, r, in.name, in.options())
	if err == nil {
		err = in.RenewBadgeKey(ctx)
	}
	if err != nil {
		return Import{}, err
	}
	before := map[string]station.Person{}
	all, err := in.Store.People(ctx)
	if err != nil {
		return Import{}, err
	}
	for _, m := range all {
		before[m.ID] = m.Person
	}
	var refused []intake.Badged
	put := func(ctx context.Context, some []intake.Badged) ([]store.Change, error) {
		fact := cases.PeopleChanged{By: in.how.By, Account: in.how.Account}
		changes, err := in.Store.PutPeople(ctx, in.Members(some))
		for i, c := range changes {
			switch c {
			case store.Refused:
				refused = append(refused, some[i])
			case store.Added, store.Changed:
				fact.Alter(before[some[i].ID], some[i].Person)
			}
		}
		if err == nil && len(fact.People) > 0 {
			err = in.AtDesk(ctx, fact)
		}
		return changes, err
	}
	out, err := keepAll(ctx, in, items, rep, put)
	if again := refused; err == nil && len(again) > 0 {
		refused = nil
		var changes []store.Change
		changes, err = put(ctx, again)
		out.count(changes)
	}
	for _, p := range refused {
		out.Rejected = append(out.Rejected, intake.Rejection{Row: p.Row, Column: "badge", Reason: "another person has this badge: give that person another one first"})
	}
	return out, err
}

type reader[T any] func(context.Context, io.Reader, string, intake.Options) ([]T, intake.Report, error)

type putter[T any] func(context.Context, []T) ([]store.Change, error)

func importAll[T any](ctx context.Context, in importer, r io.Reader, read reader[T], put putter[T]) (Import, error) {
	items, rep, err := read(ctx, r, in.name, in.options())
	if err != nil {
		return Import{}, err
	}
	return keepAll(ctx, in, items, rep, put)
}

// tell adds what the reader of the file says.
func (r *Import) tell(rep intake.Report) {
	r.Read, r.Rejected, r.More, r.Warnings, r.Ignored = rep.Read, rep.Rejected, rep.More, rep.Warnings, rep.Ignored
	r.Kind, r.KindName, r.Left, r.MoreLeft = rep.Kind, rep.KindName, rep.Left, rep.MoreLeft
	if r.Rejected == nil {
		r.Rejected = []intake.Rejection{}
	}
}

func keepAll[T any](ctx context.Context, in importer, items []T, rep intake.Report, put putter[T]) (Import, error) {
	var out Import
	out.tell(rep)
	in.keeps()
	for some := range slices.Chunk(items, importAtOnce) {
		changes, err := put(ctx, some)
		if err != nil {
			return out, err
		}
		out.count(changes)
		in.keptSome(out)
	}
	return out, nil
}
