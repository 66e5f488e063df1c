package carriers_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/carrier/carriersim"
	simkinds "packbench/station/carrier/carriersim/kinds"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/faults"
)

// runsVar says how many parcels are bought on each kind of account: 50 in the tests,
// 2,000 in the benchmark, unless it says another number.
const runsVar = "PACKBENCH_CARRIER_RUNS"

func runs(usual int) int {
	if n, err := strconv.Atoi(os.Getenv(runsVar)); err == nil {
		return n
	}
	return usual
}

// TestC5FaultRuns buys parcels on every kind of account while requests and answers are
// lost, cut, refused and turned into web pages, the program is killed between a carrier's
// answer and the row that keeps it, and labels are given back. In the end no parcel has
// two live labels, none that was bought is lost, and the account was charged for the live
// ones alone.
func TestC5FaultRuns(t *testing.T) {
	n := runs(50)
	if testing.Short() && n == 50 {
		n = 10
	}
	worlds := map[string]func(testing.TB) *world{"usps abroad": uspsAbroad}
	for kind := range simkinds.All {
		worlds[kind] = func(t testing.TB) *world { return newWorld(t, kind) }
	}
	for name, start := range worlds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.all(n)
			t.Logf("%+v", w.tally)
			if n >= 50 && (w.tally.unknown == 0 || w.tally.killed == 0) {
				t.Error("too little happened")
			}
		})
	}
}

// BenchmarkC5FaultRuns does as many of them as somebody has time for.
func BenchmarkC5FaultRuns(b *testing.B) {
	n := runs(2000)
	for kind := range simkinds.All {
		b.Run(kind, func(b *testing.B) {
			w := newWorld(b, kind)
			w.all(n)
			b.ReportMetric(float64(n), "parcels")
			b.ReportMetric(float64(w.tally.doubled), "doubled")
			b.ReportMetric(float64(w.tally.lost), "lost")
			b.ReportMetric(float64(w.tally.unknown), "unknown")
			b.ReportMetric(float64(w.tally.killed), "killed")
			b.ReportMetric(float64(w.tally.voided), "voided")
		})
	}
}

// uspsAbroad is a world before USPS whose parcels go abroad, which is another interface of
// that carrier.
func uspsAbroad(t testing.TB) *world {
	w := newWorld(t, "usps")
	w.mugs()
	w.to = toronto
	return w
}

type tally struct{ bought, voided, unknown, killed, doubled, lost, cannotTell int }

// world is a bench before a simulated account.
type world struct {
	testing.TB
	kind   string
	folder *folder.Folder
	sim    carriersim.Backend
	now    atomic.Int64
	rooms  *carriers.Carriers
	die    atomic.Bool // the program ends when the next answer to a purchase has come
	tally  tally
	to     station.Address // zero: a buyer in the shop's country
}

// killed is the end of the program at some moment.
type killed struct{}

// buyer sends the calls that may buy, and ends the program where that is due.
type buyer struct{ w *world }

func (b buyer) Do(r *http.Request) (*http.Response, error) {
	resp, err := web.NewBuyer().Do(r)
	if b.w.die.CompareAndSwap(true, false) {
		if err == nil {
			_ = resp.Body.Close()
		}
		panic(killed{})
	}
	return resp, err
}

func newWorld(t testing.TB, kind string) *world {
	w := drawnWorld(t, kind)
	w.sim.Book().Plain() // thousands of them are not drawn
	return w
}

// drawnWorld is a world whose labels are drawn.
func drawnWorld(t testing.TB, kind string) *world {
	w := &world{TB: t, kind: kind, folder: foldertest.Shop(t)}
	w.now.Store(foldertest.Noon().UnixNano())
	w.sim = simkinds.All[kind](carriersim.Options{Clock: w.clock})
	server := httptest.NewServer(w.sim)
	t.Cleanup(server.Close)
	from := places[home[kind]][0]
	w.folder.SetSender(config.Sender{
		Name: from.Name, Company: from.Company, Street: from.Street, Street2: from.Street2, City: from.City, Region: from.Region,
		Postcode: from.Postcode, Country: from.Country, Phone: from.Phone, Email: from.Email,
	})
	w.start()
	err := w.rooms.Add(t.Context(), store.Account{ID: "acct", Kind: kind, URL: server.URL, Options: w.sim.Set()}, w.sim.Secret())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) clock() time.Time { return time.Unix(0, w.now.Load()).UTC() }

// start starts the program, again.
func (w *world) start() {
	w.rooms = carriers.New(w.folder, "S1", effects.OwnRanges(w.folder, "S1"))
	w.rooms.Time, w.rooms.Buyer = w.clock, buyer{w}
}

// home is where the shop of an account stands, the United States where it is not said.
var home = map[string]string{"dhl-parcel-de": "DE", "sendcloud": "NL", "inpost": "PL", "royal-mail": "GB"}

// places are a sender and a buyer.
var places = map[string][2]station.Address{
	"": {
		{Name: "Dock", Company: "Sample Shop", Street: "1 Warehouse Way", City: "Columbus", Region: "OH", Postcode: "43215", Country: "US", Phone: "6145550100"},
		{Name: "Ada Miller", Street: "12 Maple Street", City: "Portland", Region: "OR", Postcode: "97205", Country: "US", Phone: "5035550111"},
	},
	"DE": {
		{Name: "Dock", Company: "Musterladen", Street: "Lagerweg 1", City: "Berlin", Postcode: "10115", Country: "DE", Phone: "+4930123456"},
		{Name: "Ada Meier", Street: "Ahornweg 12", City: "Hamburg", Postcode: "20095", Country: "DE", Phone: "+4940123456"},
	},
	"NL": {
		{Name: "Dock", Company: "Voorbeeld", Street: "Havenweg 1", City: "Utrecht", Postcode: "3511 AA", Country: "NL", Phone: "+31301234567"},
		{Name: "Ada Jansen", Street: "Esdoornlaan 12", City: "Rotterdam", Postcode: "3011 AA", Country: "NL", Phone: "+31101234567"},
	},
	"PL": {
		{Name: "Dok", Company: "Sklep", Street: "Magazynowa 1", City: "Warszawa", Postcode: "00-001", Country: "PL", Phone: "500600700"},
		{Name: "Ada Nowak", Street: "Klonowa 12", City: "Gdynia", Postcode: "81-001", Country: "PL", Phone: "500600701", Email: "ada@example.com"},
	},
	"GB": {
		{Name: "Dock", Company: "Sample Shop", Street: "1 Dock Road", City: "Leeds", Postcode: "LS1 4AP", Country: "GB", Phone: "+441130000000"},
		{Name: "Ada Miller", Street: "12 Maple Street", City: "Bristol", Postcode: "BS1 4ST", Country: "GB", Phone: "+441170000000"},
	},
}

// parcel is a wish that has no service yet.
func (w *world) parcel(n int) effects.Wish {
	o := station.Order{
		ID: fmt.Sprintf("F-%d", n), Number: fmt.Sprintf("F-%d", n), To: places[home[w.kind]][1], Value: unit.Money{Minor: 2500, Currency: "USD"},
		Lines: []station.Line{{ID: "1", Kind: station.Goods, SKU: "MUG-BLUE", Qty: 1, Price: unit.Money{Minor: 2500, Currency: "USD"}}},
	}
	if w.to.Country != "" {
		o.To = w.to
	}
	return effects.Wish{
		Key: fmt.Sprintf("S1.%d.1", n), Order: o, Parcel: fmt.Sprintf("F-%d/1", n), Carton: "M", Mass: 1200 * unit.Gram, At: w.clock(),
		Contents: []pack.Content{{Line: "1", SKU: "MUG-BLUE", Qty: 1}},
	}
}

// priced is the wish with a service of the account.
func (w *world) priced(wish effects.Wish) effects.Wish {
	w.Helper()
	quotes, err := w.rooms.Quote(w.Context(), wish)
	if err != nil {
		w.Fatal(err)
	}
	for _, q := range quotes {
		if q.Source == "acct" && q.Price.Minor > 0 {
			wish.Service, wish.Carrier, wish.Price = q.Service, q.Carrier, q.Price
			return wish
		}
	}
	w.Fatalf("the account quotes nothing: %+v", quotes)
	return wish
}

// try does one thing of the program, and starts it again where it was killed meanwhile.
func (w *world) try(do func() error) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case killed:
			w.tally.killed++
			w.start()
			err = errors.New("killed")
		default:
			panic(r)
		}
	}()
	return do()
}

// all buys so many parcels, and judges.
func (w *world) all(n int) {
	w.Helper()
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 5))
		w.sim.Faults().Heal()
		wish := w.priced(w.parcel(i + 1))
		w.sim.Faults().Random(rand.New(rand.NewPCG(uint64(i), 6)), 0.3, faults.All...) // asked by the server, beside the test
		bought := w.insist(wish, r)
		gone := r.IntN(4) == 0 && w.rooms.Can(w.Context(), "acct").Void
		if gone {
			w.giveBack(wish)
		}
		w.die.Store(false)
		w.sim.Faults().Heal()
		w.judge(wish, bought, gone)
	}
	spent, live := int64(0), 0
	for _, l := range w.sim.Book().Live() {
		spent += l.Minor
		live++
	}
	if spent != w.sim.Book().Spent() || live != w.tally.bought-w.tally.voided {
		w.Errorf("%d live labels, %d bought and %d given back", live, w.tally.bought, w.tally.voided)
	}
}

// insist buys as the bench does: what may have been asked for is asked after first.
func (w *world) insist(wish effects.Wish, r *rand.Rand) effects.Purchase {
	w.Helper()
	ctx := context.WithoutCancel(w.Context())
	asked := false
	var last error
	for range 1000 {
		w.now.Add(int64(2 * time.Minute))
		var p effects.Purchase
		var found bool
		err := w.try(func() (err error) {
			if asked {
				if p, found, err = w.rooms.Find(ctx, wish); err != nil || found {
					return err
				}
			}
			if r.IntN(5) == 0 {
				w.die.Store(true)
			}
			asked = true
			p, err = w.rooms.Buy(ctx, wish)
			return err
		})
		w.die.Store(false)
		last = err
		if err == nil {
			w.tally.bought++
			return p
		}
		if !errors.As(err, new(*effects.Refusal)) {
			w.tally.unknown++
			w.look(wish)
		}
	}
	w.Fatalf("%s was never bought: %v", wish.Parcel, last)
	return effects.Purchase{}
}

// look is what a person does about a carrier that cannot tell: it is looked up there.
func (w *world) look(wish effects.Wish) {
	ctx := context.WithoutCancel(w.Context())
	client := w.rooms.Can(ctx, "acct")
	row, err := w.folder.Store.Purchase(ctx, wish.Key)
	if client.Recover || err != nil || row.State != store.PurchaseSent {
		return
	}
	w.tally.cannotTell++
	looked := carriers.Looked{Nothing: true}
	if l, ok := w.sim.Book().Label(func(l carriersim.Label) bool { return l.Ref == row.Ref && !l.Voided }); ok {
		looked = carriers.Looked{Tracking: l.Tracking}
	}
	_ = w.try(func() error {
		_, err := w.rooms.Settle(ctx, row, looked)
		return err
	})
}

func (w *world) giveBack(wish effects.Wish) {
	w.Helper()
	ctx := context.WithoutCancel(w.Context())
	var last error
	for range 1000 {
		w.now.Add(int64(2 * time.Minute))
		err := w.try(func() error {
			if _, ok, err := w.rooms.Find(ctx, wish); err != nil || !ok {
				return err
			}
			return w.rooms.Void(ctx, wish)
		})
		if last = err; err != nil {
			continue
		}
		if row, known := w.folder.Store.Purchase(ctx, wish.Key); known != nil || row.State != store.PurchaseGone {
			w.Fatalf("said to be given back, and is %s", row.State)
		}
		w.tally.voided++
		return
	}
	w.Fatalf("%s was never given back: %v", wish.Parcel, last)
}

// judge compares what the bench believes with the account's book.
func (w *world) judge(wish effects.Wish, p effects.Purchase, gone bool) {
	w.Helper()
	row, err := w.folder.Store.Purchase(w.Context(), wish.Key)
	if err != nil {
		w.Fatal(err)
	}
	live := slices.DeleteFunc(w.sim.Book().Live(), func(l carriersim.Label) bool { return l.Ref != row.Ref && l.Tracking != p.Tracking })
	switch {
	case gone && len(live) > 0, !gone && len(live) > 1:
		w.tally.doubled++
		w.Errorf("%s has %d live labels", wish.Parcel, len(live))
	case !gone && (len(live) != 1 || live[0].Tracking != p.Tracking || row.State != store.PurchaseBought):
		w.tally.lost++
		w.Errorf("%s was bought as %s and is %s; live %+v", wish.Parcel, p.Tracking, row.State, live)
	case p.SSCC == "" || len(p.Papers) == 0:
		w.Errorf("%s lacks its number or its label", wish.Parcel)
	case !gone && w.to.Country != "" && (!p.Forms || live[0].To.Country != w.to.Country):
		w.Errorf("%s has no papers for customs, or stays in the country: %+v", wish.Parcel, live[0].To)
	}
}
