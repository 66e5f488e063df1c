package buyers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/messages"
	"packbench/cmd/internal/returndesk"
	"packbench/labels/readback"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/message"
	"packbench/station/pack"
	"packbench/station/returns"
	pages "packbench/station/site"
	"packbench/station/store"
	"packbench/station/unit"
	"packbench/station/web"
)

// post is a post office that a program is killed at: before a letter came to it, or before
// its answer came back.
type post struct {
	rand *rand.Rand // nil: all goes well
	kill func()
	n    int // kills
	ids  map[string]string
	came map[string]int // how often each thing was told
	got  []message.Letter
	err  error
}

func (p *post) Send(context.Context, message.Message) error { return nil }

func (p *post) Deliver(ctx context.Context, l message.Letter) error {
	if p.err != nil {
		return p.err
	}
	at := 6
	if p.rand != nil {
		at = p.rand.IntN(7)
	}
	switch at {
	case 0, 5:
		p.n++
		p.kill()
		return ctx.Err()
	case 1:
		return &web.Away{Say: "out of order", Who: "it"}
	}
	d := l.Data.(data)
	of := string(d.News) + " " + d.SSCC
	if before := p.ids[of]; before == l.ID {
		return nil // it knows that it has it
	}
	p.ids[of] = l.ID
	p.came[of]++
	p.got = append(p.got, l)
	switch at {
	case 2, 4:
		p.n++
		p.kill()
		return ctx.Err()
	case 3:
		return errors.New("no answer came")
	}
	return nil
}

type world struct {
	*testing.T
	*folder.Folder
	write *foldertest.Writer
	now   time.Time
	n     int
	kinds []messages.Kind
}

func newWorld(t *testing.T, of ...*post) *world {
	d := foldertest.Shop(t)
	w := &world{T: t, Folder: d, write: foldertest.NewWriter(t, d, "S1"), now: foldertest.Noon()}
	for i, p := range of {
		p.ids, p.came = map[string]string{}, map[string]int{}
		name := []string{"deaf", "wise"}[i]
		w.kinds = append(w.kinds, messages.Kind{
			ID: name, Buyers: true, Repeats: name == "wise", Set: []messages.Setting{{Key: "states"}},
			Open: func(map[string]string) bool { return true }, New: func(message.Options) (message.Sender, error) { return p, nil },
		})
		all := w.buyers().Messages
		states := map[string]string{"states": "handed-over, delayed, pick-up, attempt-failed, delivered, return-announced, return-arrived, money"}
		if err := all.Add(t.Context(), store.MessageTarget{ID: name, Kind: name, Options: states}, ""); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// buyers is another program on the folder.
func (w *world) buyers() *Buyers {
	m := messages.New(w.Folder)
	m.Kinds, m.Time, m.Env = w.kinds, func() time.Time { return w.now }, func(string) string { return "" }
	return New(m)
}

func (w *world) order(id string, change ...func(*station.Order)) {
	w.Helper()
	o := station.Order{ID: id, Version: 1, Status: station.OrderOpen, To: station.Address{Name: "Buyer", Street: "Weg 1", City: "Berlin", Postcode: "10115", Country: "DE", Email: "buyer" + id + "@buyers.example"}, Lines: []station.Line{{ID: "1", SKU: "MUG-WHITE", Qty: 1, Kind: station.Goods}}}
	for _, c := range change {
		c(&o)
	}
	if _, err := w.Store.PutOrders(w.Context(), []station.Order{o}); err != nil {
		w.Fatal(err)
	}
}

// parcel hands a parcel of an order over, and returns its SSCC.
func (w *world) parcel(order string) string {
	w.n++
	sscc := fmt.Sprintf("0952000000%08d", w.n)
	f := pack.ParcelDone{Parcel: order + "-1", Order: order, SSCC: sscc, Tracking: "T" + sscc, Carrier: "demo-post", Service: "post-parcel", Contents: []pack.Content{{Line: "1", SKU: "MUG-WHITE", Qty: 1}}, Promised: w.now.AddDate(0, 0, 1).Truncate(24 * time.Hour)}
	w.write.WriteAt(w.now, pack.LabelKept{Parcel: f.Parcel, Label: pack.Label{SSCC: sscc, Tracking: f.Tracking, Document: "d" + f.Parcel}}, f,
		pack.LoadingBegan{Manifest: "M-" + sscc, Carrier: f.Carrier}, pack.ParcelLoaded{Manifest: "M-" + sscc, Loaded: pack.Loaded{Parcel: f.Parcel, Order: order, SSCC: sscc}}, pack.ManifestClosed{Manifest: "M-" + sscc, Carrier: f.Carrier})
	return sscc
}

// cameBack has a return of the parcel of an order come in, for which money is owed.
func (w *world) cameBack(order, sscc string) {
	id, owed := "R-"+order, unit.Money{Minor: 950, Currency: "EUR"}
	w.write.WriteAt(w.now, pack.ReturnOpened{Return: id, Sent: &pack.Sent{Parcel: order + "-1", Order: order, SSCC: sscc}},
		pack.ReturnClosed{Return: id, Order: order, Parcel: order + "-1", SSCC: sscc, Units: 1, Owed: owed, Due: w.now.AddDate(0, 0, 14)})
}

func (w *world) paid(order string) {
	w.Helper()
	if _, err := w.desk().Settle(w.Context(), supervisor, "R-"+order, true, ""); err != nil {
		w.Fatal(err)
	}
}

var supervisor = station.Person{ID: "V1", Role: station.Supervisor}

// desk is that of returns, at the time of this world.
func (w *world) desk() returndesk.Desk {
	w.Folder.Clock = func() time.Time { return w.now }
	return returndesk.New(w.Folder)
}

func (w *world) heard(order, sscc string, state store.TrackState) {
	w.Helper()
	n := store.Tracked{Parcel: order + "-1", Tracking: "T" + sscc, State: state, At: w.now}
	if state == store.TrackDelivered {
		n.Delivered = w.now.Truncate(24 * time.Hour)
	}
	if err := w.Store.Followed(w.Context(), n); err != nil {
		w.Fatal(err)
	}
}

func (w *world) round() messages.Sent {
	w.Helper()
	out, err := w.buyers().Round(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	return out
}

func (w *world) states() (out []string) {
	w.Helper()
	all, err := w.Store.Entries(w.Context(), store.EntryFilter{Kind: store.EntryBuyer})
	if err != nil {
		w.Fatal(err)
	}
	for _, e := range all {
		var of wish
		if err := json.Unmarshal(e.Body, &of); err != nil || strings.Contains(string(e.Body), "@") {
			w.Fatalf("%s, %v", e.Body, err)
		}
		out = append(out, string(of.News)+" "+string(e.State))
	}
	return out
}

func TestABuyerIsToldOnceOfEach(t *testing.T) { // T3
	p := &post{}
	w := newWorld(t, p)
	w.order("B1")
	w.now = w.now.Add(time.Hour)
	sscc := w.parcel("B1")
	for range 3 {
		w.round()
		w.now = w.now.Add(time.Minute)
	}
	w.heard("B1", sscc, store.TrackAttempted)
	w.round()
	w.now = w.now.Add(time.Hour)
	w.heard("B1", sscc, store.TrackPickUp)
	w.round()
	w.now = w.now.Add(time.Hour)
	w.heard("B1", sscc, store.TrackDelivered)
	w.round()
	w.round()
	if len(p.got) != 4 {
		t.Fatalf("%d letters: %v", len(p.got), w.states())
	}
	l := p.got[0]
	if l.To != "buyerB1@buyers.example" || l.Subject != "Bestellung B1: Ihr Paket ist unterwegs" || !strings.Contains(l.Text, "Demo Post") || !strings.Contains(l.Text, "T"+sscc) {
		t.Errorf("%+v", l)
	}
}

// Who announces a return gets its number, what the policy says and the code that the bench
// scans, once; who announced it in a shop was answered there.
func TestWhoAnnouncesAReturnIsAnswered(t *testing.T) { // T3
	p := &post{}
	w := newWorld(t, p)
	w.SetSender(config.Sender{Company: "Cups Ltd", Street: "Way 2", City: "Bonn", Postcode: "53111", Country: "DE"})
	for _, id := range []string{"B1", "B2", "B3"} {
		w.order(id)
		w.parcel(id)
	}
	w.round()
	w.now, p.got = w.now.AddDate(0, 0, 5), nil
	n := returndesk.Notice{Order: "B1", Way: "refund", Lines: []returndesk.Returned{{SKU: "MUG-WHITE", Qty: 1, Reason: "fit"}}}
	answer, err := w.desk().Announce(t.Context(), supervisor, n)
	if err != nil || len(answer.Returns) != 1 {
		t.Fatalf("%+v, %v", answer, err)
	}
	n.Order = "B2"
	came, err := w.desk().Announce(t.Context(), supervisor, n)
	if err != nil {
		t.Fatal(err)
	}
	there := returns.Announced{Return: "R-B3", Order: "B3", Parcel: "B3-1", SSCC: "3", At: w.now, Shop: "web", Theirs: "77"}
	if err := w.desk().Decide(t.Context(), func() (pack.Event, []pack.Fact, error) { return there, []pack.Fact{there}, nil }); err != nil {
		t.Fatal(err)
	}
	w.write.WriteAt(w.now, pack.ReturnOpened{Return: came.Returns[0].Return, Sent: &pack.Sent{Parcel: "B2-1", Order: "B2", SSCC: "2"}})
	for range 3 {
		w.round()
		w.now = w.now.Add(time.Minute)
	}
	if len(p.got) != 1 {
		t.Fatalf("%d letters: %+v", len(p.got), p.got)
	}
	l, number := p.got[0], answer.Returns[0].Return
	for _, want := range []string{"Rücksendenummer: " + number, "1 × ", "Den Rückweg zahlen Sie. Dieser Mail liegt kein Etikett bei", "Cups Ltd\nWay 2\n53111 Bonn\n\n"} {
		if !strings.Contains(l.Text, want) {
			t.Errorf("%q is not in\n%s", want, l.Text)
		}
	}
	file := filepath.Join(t.TempDir(), "return.png")
	if err := os.WriteFile(file, l.Code, 0o600); err != nil {
		t.Fatal(err)
	}
	read, err := exec.CommandContext(t.Context(), readback.Tool(t, readback.Zbar), "-q", "--raw", file).Output()
	if err != nil || strings.TrimSpace(string(read)) != number {
		t.Errorf("the code says %q: %v", read, err)
	}
}

// What came back is told once it is in, and its money once it is paid; each once, whatever the
// parcel's own news are. What is credited is no money on its way.
func TestABuyerHearsOfAReturnOnce(t *testing.T) { // T3
	p := &post{}
	w := newWorld(t, p)
	for _, id := range []string{"B1", "B2"} {
		w.order(id)
	}
	first, second := w.parcel("B1"), w.parcel("B2")
	w.round()
	w.now = w.now.AddDate(0, 0, 10)
	p.got = nil
	w.cameBack("B1", first)
	w.cameBack("B2", second)
	for range 3 {
		w.round()
		w.now = w.now.Add(time.Minute)
	}
	told := map[string]string{}
	for _, l := range p.got {
		if d := l.Data.(data); d.News.OfReturn() {
			told[d.Order+" "+string(d.News)+" "+d.Return] += l.Subject
		}
	}
	if len(told) != 2 || told["B1 return-arrived R-B1"] != "Bestellung B1: Ihre Rücksendung ist angekommen" {
		t.Errorf("%v", told)
	}
	p.got = nil
	if _, err := w.desk().Tell(t.Context(), supervisor, "R-B2", returns.Credit); err != nil {
		t.Fatal(err)
	}
	w.paid("B1")
	w.paid("B2")
	for range 3 {
		w.round()
		w.now = w.now.Add(time.Minute)
	}
	if len(p.got) != 1 || !strings.Contains(p.got[0].Text, "9.50 EUR") || p.got[0].To != "buyerB1@buyers.example" || p.got[0].Data.(data).News != pages.NewsMoney {
		t.Errorf("%+v", p.got)
	}
}

func TestALateParcelIsToldOnce(t *testing.T) { // T3
	p := &post{}
	w := newWorld(t, p)
	w.order("B1")
	w.parcel("B1")
	w.round()
	for range 5 {
		w.now = w.now.AddDate(0, 0, 1)
		w.round()
	}
	if p.came["delayed "+p.got[0].Data.(data).SSCC] != 1 || len(p.got) != 2 {
		t.Errorf("%v", p.came)
	}
}

// Nobody is told of what is void, cancelled or not so any more, nor who wants no news or has
// no address; what another line of a mail's head could become is refused.
func TestWhoIsToldNothing(t *testing.T) { // T3
	away := &web.Away{Say: "out of order", Who: "it"}
	for name, tt := range map[string]struct {
		order  func(*station.Order)
		then   func(w *world, sscc string)
		answer string
	}{
		"void": {nil, func(w *world, sscc string) { w.write.WriteAt(w.now, pack.LabelVoided{Parcel: "B1-1", SSCC: sscc}) }, "label was given back"},
		"cancelled": {nil, func(w *world, _ string) {
			w.order("B1", func(o *station.Order) { o.Version, o.Status = 2, station.OrderCancelled })
		}, "cancelled"},
		"delivered":  {nil, func(w *world, sscc string) { w.heard("B1", sscc, store.TrackDelivered) }, "not so any more"},
		"no news":    {func(o *station.Order) { o.Tags = []string{NoNews} }, nil, "told nothing"},
		"no address": {func(o *station.Order) { o.To.Email = "" }, nil, "no e-mail address"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &post{err: away}
			w := newWorld(t, p)
			w.order("B1", append([]func(*station.Order){}, func(o *station.Order) {
				if tt.order != nil {
					tt.order(o)
				}
			})...)
			sscc := w.parcel("B1")
			w.round()
			if tt.then != nil {
				tt.then(w, sscc)
			}
			p.err, w.now = nil, w.now.Add(time.Hour)
			w.round()
			for _, l := range p.got {
				if l.Data.(data).News == pages.NewsHanded {
					t.Errorf("it is told: %+v", l)
				}
			}
			e, err := w.Store.EntryByKey(t.Context(), Key("deaf", pages.NewsHanded, sscc))
			if err != nil || e.State == store.EntryDone || !strings.Contains(e.Answer, tt.answer) && tt.then == nil {
				t.Errorf("%+v, %v", e, err)
			}
		})
	}
	for _, address := range []string{"a@b.example\r\nBcc: c@d.example", "a@b.example,c@d.example", "Name <a@b.example>", "a b@c.example", "", "a", "a@b.example\n"} {
		if err := message.CheckMail(address); !errors.As(err, new(*web.Refused)) || len(address) > 3 && strings.Contains(err.Error(), address) {
			t.Errorf("%q: %v", address, err)
		}
	}
	if err := message.CheckMail("anna.o'neil+x@shop.example"); err != nil {
		t.Error(err)
	}
}

// The page comes first, its mail after; where the page cannot be written for an hour, the
// mail goes without.
func TestThePageComesBeforeTheMail(t *testing.T) { // T3
	p := &post{}
	w := newWorld(t, p)
	dir := filepath.Join(t.TempDir(), "www")
	w.Settings.Site = config.Site{URL: "https://status.shop.example", Place: config.PlaceFolder, To: dir, Days: 60}
	if err := config.Save(w.Path(config.File), w.Settings); err != nil {
		t.Fatal(err)
	}
	w.order("B1")
	w.parcel("B1")
	if w.round(); len(p.got) != 0 {
		t.Fatalf("%d letters before their page", len(p.got))
	}
	if _, err := w.buyers().Site.Push(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.round()
	if len(p.got) != 1 || !strings.Contains(p.got[0].Text, "https://status.shop.example/") {
		t.Fatalf("%+v", p.got)
	}
	if err := errors.Join(os.RemoveAll(dir), os.WriteFile(dir, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	w.order("B2")
	w.parcel("B2")
	w.round()
	w.now = w.now.Add(forPage + time.Minute)
	w.round()
	if len(p.got) != 2 || strings.Contains(p.got[1].Text, "https://") {
		t.Errorf("%+v", p.got)
	}
}

func TestNothingIsToldUnlessSet(t *testing.T) {
	for _, states := range []string{"sent", "returned"} { // nobody would be told, and nobody would notice
		if _, err := messages.States(map[string]string{"states": "handed-over, " + states}); err == nil || !strings.Contains(err.Error(), states) {
			t.Errorf("%s: %v", states, err)
		}
	}
	w := newWorld(t)
	w.order("B1")
	w.parcel("B1")
	if out := w.round(); out.Made != 0 || len(w.states()) != 0 {
		t.Errorf("%+v %v", out, w.states())
	}
}

// The program is killed again and again while it tells buyers. Nobody is told anything twice,
// and what is not known to have come is said to be so. PACKBENCH_KILLS says how often.
func TestNoBuyerIsToldTwiceHoweverOftenTheProgramIsKilled(t *testing.T) { // T3
	kills := 40
	if n, err := strconv.Atoi(os.Getenv("PACKBENCH_KILLS")); err == nil {
		kills = n
	}
	r := rand.New(rand.NewPCG(15, 2026))
	deaf, wise := &post{rand: r}, &post{rand: r}
	w := newWorld(t, deaf, wise)
	round := func() {
		ctx, kill := context.WithCancel(t.Context())
		defer kill()
		deaf.kill, wise.kill = kill, kill
		if _, err := w.buyers().Round(ctx); err != nil && ctx.Err() == nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(time.Duration(r.IntN(90)) * time.Second)
	}
	of := map[string]string{}
	for i := 0; deaf.n+wise.n < kills; i++ {
		id := fmt.Sprintf("B%d", i)
		w.order(id)
		of[id] = w.parcel(id)
		round()
		w.heard(id, of[id], store.TrackPickUp)
		round()
		w.cameBack(id, of[id])
		round()
		w.paid(id)
		round()
	}
	deaf.rand, wise.rand = nil, nil
	for range 20 + kills/12 { // what waits is due within half an hour
		w.now = w.now.Add(31 * time.Minute)
		round()
	}
	unknown := 0
	for id, sscc := range of {
		for n, key := range map[pages.News]string{pages.NewsHanded: sscc, pages.NewsPickUp: sscc, pages.NewsReturn: "R-" + id, pages.NewsMoney: "R-" + id} {
			for target, p := range map[string]*post{"deaf": deaf, "wise": wise} {
				e, known, err := store.Known(w.Store.EntryByKey(t.Context(), Key(target, n, key)))
				if err != nil {
					t.Fatal(err)
				}
				told := p.came[string(n)+" "+sscc]
				switch {
				case told > 1:
					t.Errorf("%s is told %d times of %s %s", target, told, n, sscc)
				case !known:
					t.Errorf("%s: there is no wish of %s %s", target, n, sscc)
				case e.State == store.EntryUnknown && target == "deaf":
					unknown++
				case e.State == store.EntryDone && told != 1, e.State != store.EntryDone && e.State != store.EntryUnknown:
					t.Errorf("%s: %s %s is %s and told %d times: %s", target, n, sscc, e.State, told, e.Answer)
				}
			}
		}
	}
	t.Logf("%d parcels, %d kills, %d outcomes not known and not repeated", len(of), deaf.n+wise.n, unknown)
}
