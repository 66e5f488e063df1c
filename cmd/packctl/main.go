// Command packctl is the packing bench without a window: for scripts, servers,
// support and tests. It uses the same packages and the same database as the
// desktop program, needs no cgo and no display.
//
// Exit status: 0 done, 1 the request failed (the reason on stderr, one line),
// 2 wrong usage.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/goods"
	"packbench/station/say"
)

// env is what a command may touch: tests give it their own.
type env struct {
	in       io.Reader
	out, err io.Writer
	clock    func() time.Time
}

// command is one word of packctl.
type command struct {
	name  string
	usage string // after the name
	does  string
	run   func(ctx context.Context, f *flags) error
}

// commands lists every command in the order that help shows them.
func commands() []command {
	return []command{
		{"init", "[--demo]", "create the data folder", runInit},
		{"import", "products|orders|cartons|rates|people|stock FILE", "import a CSV, XLSX or JSON file", runImport},
		{"run", "[--station S1] [--lang TAG] [--script FILE|-] [--out DIR]", "the bench, headless: a line in, a verdict out", runRun},
		{
			"decode", "barcode [CODE…] | scale --protocol NAME [--unit kg|lb] | tracking [NUMBER…]",
			"what a code, a scale's bytes (hex lines on stdin) or a tracking number means", runDecode,
		},
		{"quote", "--order ID --weight 1.2kg [--carton M] [--at TIME] | --last DAYS [--rates FILE] [--account ID,… [--most N]]", "what each service charges for a parcel, and why it is chosen or not", runQuote},
		{"cartonize", "", "packing problems on stdin (one JSON object a line), solutions on stdout in the same order", runCartonize},
		{"boxes", boxesUsage, "how full cartons are and which ones packers take instead; which ones to buy, from the parcels of the last days", runBoxes},
		{
			"document", "label|slip|inside|return|customs|cn22|cn23|invoice|manifest|commands|badges|cartons|calibration|help [ID] [--language TAG] --out FILE",
			"write a document as PDF: ID is a parcel, order or manifest; for badges the people file", runDocument,
		},
		{
			"trace", "CODE [--box SSCC] [--lang TAG] | keys | rotate [--lost] | retire KEY",
			"check a trace code and show its parcel's history; manage the keys that sign and verify", runTrace,
		},
		{"numbers", "[settle --skip COUNT [--force]]", "how many tracking numbers are left; resolve a conflict of numbers", runNumbers},
		{"find", "TEXT [--out FILE] [--lang TAG]", "find an order, parcel, number, product, person or recipient, with its history; a page of it", runFind},
		{"cases", "[--open]", "list the mismatches that a supervisor should look at", runCases},
		{
			"case", "resolve CASE REASON | link CASE SKU [--factor N] | unlock STATION | hold ORDER|CASE REASON | release ORDER|CASE | requeue ORDER|CASE | reopen CASE | note CASE | rules [--days N] [--set RULE=VALUE …] | mark SKU no|limited-quantity|lithium-battery|dangerous-goods",
			"the supervisor's desk; whoever acts gives their badge code as one line on stdin", runCase,
		},
		{"product", productUsage, "how units of a product go into boxes, and whether the scale may count them; whoever changes it gives their badge code as one line on stdin", runProduct},
		{"rights", rightsUsage, "who may do what; whoever changes it gives their badge code as one line on stdin", runRights},
		{"people", peopleUsage, "who has a badge; revoke one, or set its PIN: the badge code of whoever acts as one line on stdin, and a new PIN below it", runPeople},
		{"queue", "[--part next|late|waiting|held|short] [--station S1] [--text WORDS] [--limit N]", "list the orders to pack, in the order in which the bench takes them", runQueue},
		{"carrier", carrierUsage, "accounts that labels are bought on: add reads the key as one line on stdin", runCarrier},
		{"shop", shopUsage, "a shop's interface: add reads its key as one line on stdin; pull and push do one whole round and end", runShop},
		{"message", messageUsage, "who is told of locks, overrides, label trouble and shifts: add reads the secret (the address of a webhook, a password) as one line on stdin", runMessage},
		{"site", siteUsage, "the pages that buyers read of their parcels: build writes all into a folder, push what changed to the place of the settings, key reads its secret as one line on stdin", runSite},
		{"sync", "[--once] [--station S1]", "read orders from the shops and tell them what has left, and the team what happened, and write the pages of buyers, until it is stopped", runSync},
		{"hub", hubUsage, "the database that several benches share: make it, bring this folder into it, see how all stand, release what a dead bench holds", runHub},
		{"shipped", shippedUsage, "what left on a day, as a file that a marketplace or warehouse program takes", runShipped},
		{"figures", figuresUsage, "delivery time, on time, exceptions, returns, refunds and mistakes, week by week, each with what it means", runFigures},
		{"track", trackUsage, "where the parcels are that have left, or one of them with all that was said of it; --due: when each is asked after next", runTrack},
		{"exceptions", "[--reason NAME] [--claims FILE]", "the parcels that need somebody after they left: why, since when, what shows it and what to do; what can be claimed, as a file", runExceptions},
		{"outbox", outboxUsage, "what waits to go out, with the last answer; send an entry again or give it up", runOutbox},
		{
			"stock", "[SKU] [--low] [--forecast METHOD] | move SKU BIN QTY REASON | count FILE|- | count --reader HOST[:PORT] BIN | order --out FILE | levels --out FILE [--form generic|magento] [--source CODE]",
			"what lies in the bins, how long it lasts and what to order; whoever moves or counts gives their badge code as one line on stdin", runStock,
		},
		{"weights", "", "list the products whose weight in the catalogue is missing, or wrong as their parcels say", runWeights},
		{"returns", returnsUsage, "what came back or is announced, and what buyers are owed for it; whoever announces, matches or settles gives their badge code as one line on stdin", runReturns},
		{"dock", "[--carrier ID]", "list the closed parcels that no carrier has taken yet", runDock},
		{"shift", "export --date D [--shift N] --format csv|xlsx|pdf|json --out FILE", "the shift book", runShift},
		{"backup", "FILE", "save the whole data folder in one file, checked; the benches carry on", runBackup},
		{"restore", "FILE", "restore a backup, checked; what was there is set aside, and no number is issued twice", runRestore},
		{"journal", "show|verify|replay [--order ID]", "the journal: show its rows, verify its hash chains, replay it", runJournal},
		{
			"simulate", "scale --link PATH [--protocol NAME] [--unit kg|g|lb|oz] [--division 1g] [--curve NAME] [--seed N] | scanner --link PATH [--kind NAME] [--prefix TEXT] [--suffix NAME] [--gs TEXT] [--aim] | shop --kind NAME [--orders N] [--listen ADDRESS] [--add ID] [-- COMMAND]",
			"a device on a pseudo terminal, or a shop on this computer, driven by lines on stdin", runSimulate,
		},
		{"doctor", "[--udev]", "check database, fonts, printers, ports, permissions, clock; say what to do", runDoctor},
		{"version", "", "which packbench this is, and which data folders it opens", runVersion},
	}
}

// wrongUsage is an error of the caller's words: exit status 2.
type wrongUsage struct{ words string }

func (w *wrongUsage) Error() string { return w.words }

func usagef(format string, args ...any) error { return &wrongUsage{fmt.Sprintf(format, args...)} }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(packctl(ctx, env{in: os.Stdin, out: os.Stdout, err: os.Stderr, clock: time.Now}, os.Args[1:]))
}

// packctl runs one command and gives its exit status.
func packctl(ctx context.Context, e env, args []string) int {
	e.out, e.err = &visible{to: e.out}, &visible{to: e.err}
	if len(args) == 0 {
		help(e.err)
		return 2
	}
	if slices.Contains([]string{"help", "-h", "--help"}, args[0]) {
		help(e.out)
		return 0
	}
	i := slices.IndexFunc(commands(), func(c command) bool { return c.name == args[0] })
	if i < 0 {
		fmt.Fprintf(e.err, "packctl: there is no command %q; packctl help lists them\n", args[0])
		return 2
	}
	c := commands()[i]
	err := c.run(ctx, newFlags(c.name, e, args[1:]))
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(e.out, "packctl %s %s\n        %s\n", c.name, c.usage, c.does)
		return 0
	}
	fmt.Fprintf(e.err, "packctl %s: %s\n", c.name, strings.Join(strings.Fields(err.Error()), " ")) // in one line
	if usage := new(wrongUsage); errors.As(err, &usage) {
		return 2
	}
	return 1
}

func help(w io.Writer) {
	fmt.Fprintln(w, "packctl: the packing bench without a window")
	fmt.Fprintln(w, "every command takes --data DIR (the data folder) and most take --json")
	for _, c := range commands() {
		fmt.Fprintf(w, "  packctl %s %s\n        %s\n", c.name, c.usage, c.does)
	}
}

// flags are a command's flags with the two that all share, and what it may touch.
type flags struct {
	*flag.FlagSet
	env
	args []string // as they were written
	data string
	json bool
}

func newFlags(name string, e env, args []string) *flags {
	f := &flags{FlagSet: flag.NewFlagSet(name, flag.ContinueOnError), env: e, args: args}
	f.SetOutput(io.Discard)
	f.StringVar(&f.data, "data", folder.Default(), "data folder")
	f.BoolVar(&f.json, "json", false, "one JSON object a line")
	return f
}

// read takes flags and arguments in any order, as people write them. What
// stands behind "--" is no flag.
func (f *flags) read() ([]string, error) {
	var rest, plain []string
	args := f.args
	if i := slices.Index(args, "--"); i >= 0 {
		args, plain = args[:i], args[i+1:]
	}
	for {
		if err := f.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, usagef("%v", err)
		}
		args = f.Args()
		if len(args) == 0 {
			return append(rest, plain...), nil
		}
		rest, args = append(rest, args[0]), args[1:]
	}
}

// speaks takes the language of the sentences that a command prints of what the bench
// said; codes and the keys of JSON stay as they are.
func (f *flags) speaks() *say.Language {
	var in say.Language
	f.Func("lang", "language of the sentences", func(tag string) (err error) {
		in, err = say.Supplied(tag)
		return err
	})
	return &in
}

// readAlone reads the flags of a command that takes no arguments.
func (f *flags) readAlone() error {
	rest, err := f.read()
	if err == nil && len(rest) > 0 {
		err = usagef("unknown argument %q", rest[0])
	}
	return err
}

// readOne reads the flags of a command that takes one argument; usage says which.
func (f *flags) readOne(usage string) (string, error) {
	rest, err := f.read()
	if err != nil {
		return "", err
	}
	if len(rest) != 1 {
		return "", usagef("%s", usage)
	}
	return rest[0], nil
}

// within opens the data folder that the flags name, for as long as do works.
func (f *flags) within(ctx context.Context, do func(d *folder.Folder) error) error {
	d, err := folder.Open(ctx, f.data, folder.Options{Clock: f.clock})
	if err != nil {
		return err
	}
	if err := goods.Finish(ctx, d.Store, d.Dir); err != nil {
		return errors.Join(err, d.Close())
	}
	return errors.Join(do(d), d.Close())
}

// looking is within for what only reads: it works on a disk that cannot be written
// to as well.
func (f *flags) looking(ctx context.Context, do func(d *folder.Folder) error) error {
	d, done, err := folder.OpenToRead(ctx, f.data, folder.Options{Clock: f.clock})
	if err != nil {
		return err
	}
	return errors.Join(do(d), done())
}

// print writes an object as one line of JSON where that is wanted, else the words.
func (f *flags) print(object any, format string, args ...any) error {
	if f.json {
		return printJSON(f.out, object)
	}
	_, err := fmt.Fprintf(f.out, format+"\n", args...)
	return err
}

func runInit(ctx context.Context, f *flags) error {
	demo := f.Bool("demo", false, "fill it with the sample shop")
	if err := f.readAlone(); err != nil {
		return err
	}
	if err := folder.Init(ctx, f.data, *demo, folder.Options{Clock: f.clock}); err != nil {
		return err
	}
	return f.print(map[string]any{"data": f.data, "demo": *demo}, "%s is ready", f.data)
}
