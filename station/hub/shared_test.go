package hub

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/store"
)

func (f *folder) name(sku, want string) {
	f.t.Helper()
	if p, err := f.Product(f.t.Context(), sku); err != nil || p.Name != want {
		f.t.Errorf("%s: %s is %q, %v; want %q", f.station, sku, p.Name, err, want)
	}
}

// overruled are the rows whose change does not count, by their kind and key.
func (f *folder) overruled(want ...string) {
	f.t.Helper()
	all, err := f.Overruled(f.t.Context(), 0, 100)
	var have []string
	for _, o := range all {
		have = append(have, o.Kind+" "+o.Key)
	}
	if err != nil || !slices.Equal(have, want) {
		f.t.Errorf("%s has overruled %q, %v; want %q", f.station, have, err, want)
	}
}

func (f *folder) nothingToTell() {
	f.t.Helper()
	if n, err := f.CountShared(f.t.Context()); err != nil || n != 0 {
		f.t.Errorf("%s has %d changes to tell, %v", f.station, n, err)
	}
}

// Of a row that two benches change the first at the hub stays, and what the other one
// changed is remembered.
func TestWhatTwoBenchesChangeIsNotOverwritten(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	one.product("CUP", "a cup")
	w.rounds("S1", "S2")
	one.product("CUP", "mended while the cable was out")
	two.product("CUP", "mended at the hub")
	w.rounds("S2", "S1", "S2")
	for _, f := range []*folder{one, two} {
		f.name("CUP", "mended at the hub")
		f.nothingToTell()
	}
	one.overruled(`products ["CUP"]`)
	two.overruled()
	// How far a program has read a list is nobody's change.
	for i, f := range []*folder{one, two} {
		if err := f.PutShopList(t.Context(), store.ShopList{Shop: "web", List: "orders", Cursor: fmt.Sprint(i), Tried: noon}); err != nil {
			t.Fatal(err)
		}
		if err := f.PutAccountServices(t.Context(), store.AccountService{Account: "a", Service: "s", Body: fmt.Appendf(nil, "%d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	w.rounds("S2", "S1", "S2")
	one.overruled(`products ["CUP"]`)
	// What a person does not want is.
	if err := one.UseService(t.Context(), "a", "s", false); err != nil {
		t.Fatal(err)
	}
	if err := two.PutAccountServices(t.Context(), store.AccountService{Account: "a", Service: "s", Body: []byte("new")}); err != nil {
		t.Fatal(err)
	}
	w.rounds("S2", "S1", "S2")
	one.overruled(`products ["CUP"]`, `account_services ["a","s"]`)
	// What is changed knowing that counts.
	one.product("CUP", "mended once more")
	w.rounds("S1", "S2")
	two.name("CUP", "mended once more")
	two.overruled()
}

// The answer of the hub was lost, or the program ended before it was noted: it is told
// again, over what another bench changed since.
func TestWhatIsToldTwiceUndoesNothing(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	w.rounds("S1", "S2")
	ctx := t.Context()
	tell := func() {
		t.Helper()
		c, err := one.SharedChanges(ctx, 100, bytesAtOnce)
		if err == nil {
			_, err = one.x.hub.Put(ctx, "S1", c)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	one.product("CUP", "first")
	tell()
	one.round() // said again, and nobody was between
	one.name("CUP", "first")
	one.product("CUP", "second")
	tell()
	two.round()
	two.product("CUP", "third")
	two.round()
	w.rounds("S1", "S2")
	for _, f := range []*folder{one, two} {
		f.name("CUP", "third")
		f.nothingToTell()
	}
	one.overruled(`products ["CUP"]`) // the hub had "second", which S1 could not know
	// Changed again before the answer was noted.
	one.product("CUP", "fourth")
	tell()
	one.product("CUP", "fifth")
	w.rounds("S1", "S2")
	two.name("CUP", "fifth")
}

// Who has not read what another one told does not put it away: at the hub itself, because
// two may tell at once.
func TestWhatIsNewerAtTheHubIsAnswered(t *testing.T) {
	ctx := t.Context()
	_, owner, as := begun(t, "S1", "S2")
	put := func(station, body string, madeOn int64, want bool) {
		t.Helper()
		told, err := as[station].Put(ctx, station, []store.Shared{
			{Kind: "k", Key: "both", Body: []byte(body), MadeOn: madeOn}, {Kind: "k", Key: station, Body: []byte(body), MadeOn: madeOn},
		})
		if err != nil || (len(told) == 2) != want || told[len(told)-1].Key != station {
			t.Errorf("%s tells %s, made on %d: %v, %v", station, body, madeOn, told, err)
		}
	}
	has := func(want string) (n int64) {
		t.Helper()
		var body string
		if err := owner.ask(ctx, `SELECT n, convert_from(body, 'UTF8') FROM packbench.shared WHERE key = 'both'`, nil, &n, &body); err != nil || body != want {
			t.Errorf("the hub has %s, %v; want %s", body, err, want)
		}
		return n
	}
	put("S1", "one", 0, true)
	n := has("one")
	put("S2", "two", 0, false)
	put("S2", "one", 0, true) // the same
	if has("one") != n {
		t.Error("what is the same counts as changed")
	}
	put("S1", "three", 0, true) // it knows what it told itself
	put("S2", "four", n, false)
	put("S2", "five", has("three"), true)
	has("five")
	put("S1", "six", 0, false)
}

// A folder that was off while the hub was put back knows what is old.
func TestAFolderThatComesBackAfterATurnTellsOnlyWhatIsMissing(t *testing.T) {
	w := newWorld(t, "S1", "S2", "S3")
	one, three := w.folders["S1"], w.folders["S3"]
	ctx := t.Context()
	one.product("CUP", "old cup")
	one.product("TEA", "old tea")
	m := store.Member{Badge: "x"}
	m.ID, m.Name, m.Role = "P1", "Ada", station.Packer
	if _, err := one.PutPeople(ctx, []store.Member{m}); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1", "S2", "S3")
	var was int64
	if err := w.owner.ask(ctx, `SELECT last FROM packbench.feeds WHERE feed = 'shared'`, nil, &was); err != nil {
		t.Fatal(err)
	}
	for i := range 10 { // the numbers of these are given again to what comes after
		three.product("PEN", fmt.Sprint("a pen ", i))
		w.rounds("S3")
	}
	three.product("PEN", "told before the hub was put back")
	three.product("TEA", "so was this")
	w.rounds("S3")
	server.Exec(t, w.database, fmt.Sprintf(`DELETE FROM packbench.shared WHERE n > %[1]d; UPDATE packbench.feeds SET last = %[1]d WHERE feed = 'shared'; DELETE FROM packbench.lives`, was))
	for _, s := range []string{"S1", "S2", "S3"} {
		w.folders[s].x.drop()
	}
	w.rounds("S1", "S2")
	one.product("CUP", "new cup")
	if _, err := one.RevokeBadge(ctx, "P1"); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1", "S2")
	three.product("MUG", "made while it was off")
	three.round()
	w.rounds("S1", "S2", "S3")
	for _, f := range w.folders {
		f.name("CUP", "new cup")
		f.name("PEN", "told before the hub was put back")
		f.name("MUG", "made while it was off")
		f.name("TEA", "so was this")
		if p, err := f.People(ctx); err != nil || len(p) != 1 || !p[0].Revoked {
			t.Errorf("%s: a revoked badge counts again: %+v, %v", f.station, p, err)
		}
		f.overruled()
		f.nothingToTell()
	}
}

func TestWhoJoinsAgainKeepsWhatWasNotTold(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	one.product("CUP", "a cup")
	one.product("PEN", "a pen")
	one.product("TEA", "tea")
	w.rounds("S1", "S2")
	one.product("CUP", "mended while the hub was away")
	two.product("PEN", "a blue pen")
	two.round()
	two.product("TEA", "first at the hub")
	two.round()
	one = w.join("S1", one.Store)
	one.product("TEA", "changed before it heard of that") // nothing was told yet
	w.rounds("S1", "S2")
	one.name("TEA", "first at the hub")
	one.overruled(`products ["TEA"]`)
	two.overruled()
	for _, f := range []*folder{one, two} {
		f.name("CUP", "mended while the hub was away")
		f.name("PEN", "a blue pen")
		f.nothingToTell()
	}
}

// A label that was paid for is never an unpaid one again, whoever says so last.
func TestAPurchaseGoesOnlyOn(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	put := func(f *folder, state store.PurchaseState, answer string, moved time.Duration) {
		t.Helper()
		p := store.Purchase{Key: "k", Account: "a", Ref: "r", Order: "o1", Parcel: "o1-1", Station: "S1", State: state, Answer: answer, Since: noon, Moved: noon.Add(moved)}
		if err := f.PutPurchase(ctx, p); err != nil {
			t.Fatal(state, err)
		}
	}
	put(one, store.PurchasePlanned, "", 0)
	put(one, store.PurchaseSent, "", 1)
	w.rounds("S1", "S2")
	put(one, store.PurchaseBought, "it is paid", 2)
	put(two, store.PurchaseRefused, "looked for in vain", 3)
	w.rounds("S2", "S1", "S2")
	for _, f := range []*folder{one, two} {
		if p, err := f.Purchase(ctx, "k"); err != nil || p.State != store.PurchaseBought || p.Answer != "it is paid" {
			t.Errorf("%s: %+v, %v", f.station, p, err)
		}
		f.nothingToTell()
	}
	one.overruled(`purchases ["k"]`)
	// Nor by a program that says so knowing better.
	rows, err := w.owner.Shared(ctx, two.x.life, 0, 100, bytesAtOnce)
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	older := rows[0].Shared
	older.Body, older.MadeOn = bytes.Replace(older.Body, []byte(`"state":"bought"`), []byte(`"state":"sent"`), 1), older.N
	if told, err := two.x.hub.Put(ctx, "S2", []store.Shared{older}); err != nil || len(told) != 1 {
		t.Fatal(told, err)
	}
	w.rounds("S1", "S2")
	if p, err := two.Purchase(ctx, "k"); err != nil || p.State != store.PurchaseBought {
		t.Errorf("%+v, %v", p, err)
	}
	if got, err := w.owner.Shared(ctx, two.x.life, older.N, 100, bytesAtOnce); err != nil || len(got) != 1 || !bytes.Contains(got[0].Body, []byte(`"state":"bought"`)) {
		t.Errorf("the hub has %v, %v", got, err)
	}
	// A lost one whose key is free again.
	p := store.Purchase{Key: "l", Account: "a", Ref: "r2", Order: "o2", Parcel: "o2-1", Station: "S1", Since: noon}
	for _, p.State = range []store.PurchaseState{store.PurchasePlanned, store.PurchaseSent, store.PurchaseLost} {
		if err := one.PutPurchase(ctx, p); err != nil {
			t.Fatal(err)
		}
	}
	w.rounds("S1", "S2")
	if err := one.FreePurchase(ctx, p); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1", "S2")
	if _, known, err := store.Known(two.Purchase(ctx, "l")); known || err != nil {
		t.Error("what was given back stands in the way of another", err)
	}
	p.Key, p.Ref, p.State = "l", "r3", store.PurchasePlanned
	if err := one.PutPurchase(ctx, p); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1", "S2")
	if got, err := two.Purchase(ctx, "l"); err != nil || got.Ref != "r3" || two.x.Status().Unkept != 0 {
		t.Errorf("%+v, %v, %d unkept", got, err, two.x.Status().Unkept)
	}
}

// A badge that is revoked at one bench while another one changes the person is revoked.
func TestARevokedBadgeStaysRevoked(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	w.manages("S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	m := store.Member{Badge: "x"}
	m.ID, m.Name, m.Role = "P1", "Ada", station.Packer
	put := func(f *folder) {
		t.Helper()
		if _, err := f.PutPeople(ctx, []store.Member{m}); err != nil {
			t.Fatal(err)
		}
	}
	put(one)
	w.rounds("S1", "S2")
	if _, err := one.RevokeBadge(ctx, "P1"); err != nil {
		t.Fatal(err)
	}
	m.Name = "Ada L."
	put(two)
	w.rounds("S2", "S1", "S2")
	for _, f := range []*folder{one, two} {
		p, err := f.People(ctx)
		if err != nil || len(p) != 1 || !p[0].Revoked || p[0].Name != "Ada L." {
			t.Errorf("%s: %+v, %v", f.station, p, err)
		}
		f.nothingToTell()
	}
}

// Guesses of a PIN at two benches are counted together.
func TestTriesOfAPINAtTwoBenchesAddUp(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	if err := one.PutPIN(ctx, "P1", "hash"); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1", "S2")
	at := noon
	guess := func(f *folder, n int) {
		t.Helper()
		for range n {
			at = at.Add(time.Hour)
			if _, _, err := f.CountPIN(ctx, "P1", at, func(int) time.Duration { return time.Minute }); err != nil {
				t.Fatal(err)
			}
		}
	}
	tries := func(want int) {
		t.Helper()
		for _, f := range []*folder{one, two} {
			// The next one is counted, and no more.
			at = at.Add(time.Hour)
			p, _, err := f.CountPIN(ctx, "P1", at, func(int) time.Duration { return time.Minute })
			if err != nil || p.Tries != want {
				t.Errorf("%s counts %d tries, %v; want %d", f.station, p.Tries, err, want)
			}
			w.rounds("S1", "S2", "S1")
			want++
		}
	}
	guess(one, 3)
	guess(two, 4)
	w.rounds("S1", "S2", "S1")
	tries(8)
	guess(one, 1) // 10
	guess(two, 2) // 12
	w.rounds("S1", "S2", "S1")
	tries(13)
	guess(two, 1) // 15
	for range 2 { // 17: what came between was put together before it could be told
		guess(one, 1)
		one.round()
		if err := two.x.takeShared(ctx, false); err != nil {
			t.Fatal(err)
		}
	}
	w.rounds("S2", "S1")
	tries(18)
	if err := one.RightPIN(ctx, "P1"); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1", "S2")
	tries(1)
}

// Two supervisors who link a barcode each have linked two.
func TestBarcodesThatAreLinkedAtTwoBenchesBothStay(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	one.product("CUP", "cup")
	w.rounds("S1", "S2")
	link := func(f *folder, code string) {
		t.Helper()
		if err := f.LinkBarcode(ctx, "CUP", station.Barcode{Code: code, Factor: 6}); err != nil {
			t.Fatal(err)
		}
	}
	finds := func(f *folder, want string) {
		t.Helper()
		var have []string
		for _, code := range []string{"40CUP", "111", "222", "333"} {
			if hits, err := f.ProductsByCode(ctx, code); err != nil {
				t.Fatal(err)
			} else if len(hits) == 1 {
				have = append(have, code)
			}
		}
		if got := strings.Join(have, " "); got != want {
			t.Errorf("%s finds the product by %s, want %s", f.station, got, want)
		}
	}
	link(one, "111")
	link(two, "222")
	w.rounds("S1", "S2", "S1")
	if err := one.SetMass(ctx, "CUP", 5); err != nil { // the next change of it leaves them
		t.Fatal(err)
	}
	w.rounds("S1", "S2")
	for _, f := range []*folder{one, two} {
		finds(f, "40CUP 111 222")
		f.overruled()
		f.nothingToTell()
	}
	// A product that is given other codes is not found by the ones before.
	if _, err := two.PutProducts(ctx, []station.Product{{SKU: "CUP", Name: "cup", Barcodes: []station.Barcode{{Code: "333", Factor: 1}}}}); err != nil {
		t.Fatal(err)
	}
	w.rounds("S2", "S1")
	for _, f := range []*folder{one, two} {
		finds(f, "333")
		if damage, err := f.Altered(ctx); err != nil || len(damage) > 0 {
			t.Errorf("%v, %v", damage, err)
		}
	}
}

// A row that cannot stand beside another one here is tried again when that has changed.
func TestWhatCouldNotBeKeptIsTriedAgain(t *testing.T) {
	w := newWorld(t, "S1", "S3")
	one, three := w.folders["S1"], w.folders["S3"]
	ctx := t.Context()
	put := func(id, name, badge string) {
		t.Helper()
		m := store.Member{Badge: badge}
		m.ID, m.Name, m.Role = id, name, station.Packer
		if _, err := one.PutPeople(ctx, []store.Member{m}); err != nil {
			t.Fatal(err)
		}
		one.round()
	}
	put("P1", "Ada", "x")
	put("P2", "Bob", "y")
	w.rounds("S1", "S3")
	put("P1", "Ada", "z")
	put("P2", "Bob", "x")
	put("P1", "Ada L.", "z")
	rows, err := w.owner.Shared(ctx, three.x.life, 0, 100, bytesAtOnce)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(rows, func(c Change) bool { return bytes.Contains(c.Body, []byte("Bob")) })
	unkept, err := three.TakeShared(ctx, sharedFeed, rows[i].N, three.x.sharedOf(rows[i:i+1]), false)
	if err != nil || len(unkept) != 1 {
		t.Fatalf("kept aside: %v, %v", unkept, err)
	}
	if some, n, err := three.Unkept(ctx, 5); err != nil || n != 1 || some[0].Kind != "people" || some[0].Why == "" {
		t.Errorf("%+v, %d, %v", some, n, err)
	}
	three.round()
	if p, err := three.PersonByBadge(ctx, "x"); err != nil || p.Name != "Bob" || three.x.Status().Unkept != 0 {
		t.Errorf("badge x is %+v, %v; %d unkept", p, err, three.x.Status().Unkept)
	}
}

// Two shops may have the same number, and each order is packed.
func TestTwoShopsMayHaveTheSameNumber(t *testing.T) {
	w := newWorld(t, "S1", "S2", "S3")
	one, two, three := w.folders["S1"], w.folders["S2"], w.folders["S3"]
	ctx := t.Context()
	w.rounds("S1", "S2", "S3")
	put := func(f *folder, id, shop, name string) {
		t.Helper()
		o := station.Order{ID: id, Shop: shop, ShipBy: noon, Totes: []string{"T" + shop}, To: station.Address{Name: name, City: "Bath", Country: "GB"}, Lines: []station.Line{{ID: "1", SKU: "CUP", Qty: 1}}}
		if _, err := f.PutOrders(ctx, []station.Order{o}); err != nil {
			t.Fatal(err)
		}
	}
	all := func(number, want string) {
		t.Helper()
		for _, f := range []*folder{one, two, three} {
			found, err := f.OrdersCalled(ctx, number)
			if err != nil {
				t.Fatal(err)
			}
			var have []string
			for _, d := range found {
				o, err := f.Order(ctx, d.ID)
				if err != nil {
					t.Fatal(err)
				}
				have = append(have, o.ID+"="+o.Called()+"="+o.To.Name)
			}
			slices.Sort(have)
			if got := strings.Join(have, " "); got != want {
				t.Errorf("%s has %s, want %s", f.station, got, want)
			}
			f.nothingToTell()
			if damage, err := f.Altered(ctx); err != nil || len(damage) > 0 || f.x.Status().Unkept != 0 {
				t.Errorf("%v, %v, %d unkept", damage, err, f.x.Status().Unkept)
			}
		}
	}
	put(one, "1001", "red", "Ada")
	put(two, "1001", "blue", "Bob")
	w.rounds("S1", "S2", "S3", "S1")
	all("1001", "1001=red/1001=Ada blue:1001=blue/1001=Bob")
	if got := three.due(); got != "1001 blue:1001" {
		t.Errorf("due: %q", got)
	}
	if in, err := three.OrdersByTote(ctx, "Tblue"); err != nil || len(in) != 1 || in[0].ID != "blue:1001" {
		t.Errorf("in the tote: %v, %v", in, err)
	}
	put(one, "1001", "red", "Ada") // each file once more
	put(two, "1001", "blue", "Bob")
	w.rounds("S1", "S2", "S3", "S1")
	all("1001", "1001=red/1001=Ada blue:1001=blue/1001=Bob")

	// One that is begun keeps its id.
	put(one, "1002", "red", "Ada")
	put(two, "1002", "blue", "Bob")
	two.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "1002"}})
	w.rounds("S1", "S2", "S3", "S1", "S2", "S3")
	all("1002", "1002=blue/1002=Bob red:1002=red/1002=Ada")
	if got := three.due(); got != "1001 blue:1001 red:1002" {
		t.Errorf("due: %q", got)
	}

	// One order that got an id of its own in each folder is one.
	put(one, "1003", "red", "Ada")
	put(two, "red:1003", "red", "Ada")
	w.rounds("S1", "S2", "S3", "S1", "S2", "S3")
	all("1003", "1003=1003=Ada")
}

// Two folders that have packed one number each, before they share a hub: the second is
// for a person to look at.
func TestWhatWasPackedUnderOneNumberBeforeIsHeld(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	for station_, shop := range map[string]string{"S1": "red", "S2": "blue"} {
		f := &folder{Store: w.empty(), t: t, station: station_}
		f.chain.Writer = station_
		if _, err := f.PutOrders(ctx, []station.Order{{ID: "1001", Shop: shop, ShipBy: noon, Lines: []station.Line{{ID: "1", SKU: "CUP", Qty: 1}}}}); err != nil {
			t.Fatal(err)
		}
		f.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "1001"}})
		f.write(pack.OrderClosed{Order: "1001"})
		if err := f.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		w.join(station_, f.Store).round()
	}
	w.rounds("S1", "S2", "S1", "S2")
	for _, f := range w.folders {
		held, err := f.Queue(ctx, store.QueueFilter{Kind: store.QueueHeld, Station: f.station, Now: noon})
		if found, _ := f.OrdersCalled(ctx, "1001"); err != nil || len(found) != 2 || len(held) != 1 || held[0].Reason == "" || f.due() != "" {
			t.Errorf("%s has %v, held %v, due %q, %v", f.station, found, held, f.due(), err)
		}
		f.nothingToTell()
	}
}

// A bench that follows no others neither lists nor packs what they have packed, and the hub
// does not keep that for ever.
func TestWhatOthersHavePackedIsNotWaitedFor(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	two.x.Follow = func(string) bool { return false }
	ctx := t.Context()
	one.order("o1", "o2")
	w.rounds("S1", "S2")
	one.claim("o1", "S1")
	one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	one.write(pack.OrderClosed{Order: "o1"})
	if err := one.x.FreeOrder(ctx, "o1", "S1"); err != nil {
		t.Fatal(err)
	}
	one.claim("o2", "S1")
	w.rounds("S1", "S2")
	waiting := func(want string) {
		t.Helper()
		q, err := two.Queue(ctx, store.QueueFilter{Kind: store.QueueWaiting, Station: "S2", Now: noon})
		var have []string
		for _, o := range q {
			have = append(have, o.ID)
		}
		if got := strings.Join(have, " "); err != nil || got != want {
			t.Errorf("waiting: %q, %v; want %q", got, err, want)
		}
	}
	waiting("o2")
	if two.due() != "" {
		t.Errorf("due: %q", two.due())
	}
	// It is open at its shop, so it must be known that it is packed.
	old := func() (n int) {
		t.Helper()
		server.Exec(t, w.database, `UPDATE packbench.claims SET since = since - interval '36 days'`)
		one.x.forget()
		one.round()
		if err := w.owner.ask(ctx, `SELECT count(*) FROM packbench.claims WHERE key = 'o1'`, nil, &n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if old() != 1 {
		t.Error("it is forgotten who packed an order that is due else")
	}
	if err := one.SetOrderStatus(ctx, "o1", station.OrderDone, ""); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1", "S2")
	if old() != 0 {
		t.Error("it is kept for ever who packed an order")
	}
	if two.due() != "" {
		t.Errorf("due: %q", two.due())
	}
}

// What was packed stays packed when the hub is made anew.
func TestANewHubIsToldWhatWasPacked(t *testing.T) {
	w := newWorld(t, "S1")
	one := w.folders["S1"]
	one.order("o1", "o2")
	one.round()
	one.claim("o1", "S1")
	one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	one.write(pack.OrderClosed{Order: "o1"})
	if err := one.x.FreeOrder(t.Context(), "o1", "S1"); err != nil {
		t.Fatal(err)
	}
	one.round()
	again := newWorld(t)
	again.join("S1", one.Store).round()
	three := again.join("S3", again.empty())
	three.x.Follow = func(string) bool { return false }
	again.rounds("S3")
	if got := three.due(); got != "o2" {
		t.Errorf("due at a bench that follows no others: %q", got)
	}
	three.claim("o1", "S1")
}

// An order that is packed here is not taken away, whoever deletes it.
func TestAnOrderInHandIsNotTakenAway(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	one.order("o1", "o2")
	w.rounds("S1", "S2")
	one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	rows, err := w.owner.Shared(ctx, two.x.life, 0, 100, bytesAtOnce)
	if err != nil {
		t.Fatal(err)
	}
	var gone []store.Shared
	for _, c := range rows {
		gone = append(gone, store.Shared{Kind: c.Kind, Key: c.Key, Gone: true, MadeOn: c.N})
	}
	if told, err := two.x.hub.Put(ctx, "S2", gone); err != nil || len(told) != 2 {
		t.Fatal(told, err)
	}
	w.rounds("S1", "S2")
	for id, want := range map[string]bool{"o1": true, "o2": false} {
		if _, known, err := store.Known(one.Order(ctx, id)); known != want || err != nil {
			t.Errorf("%s is there: %v, %v", id, known, err)
		}
	}
	if _, err := two.Order(ctx, "o1"); err != nil {
		t.Error("the others have it no more:", err)
	}
}
