package hub

import (
	"slices"
	"testing"

	"packbench/station"
	"packbench/station/store"
)

// manages has stations leave nothing to a desk, as those do that joined a hub of format 1.
func (w *world) manages(stations ...string) {
	w.t.Helper()
	if _, err := w.owner.pool.Exec(w.t.Context(), `UPDATE packbench.writers SET brings = 'infinity' WHERE writer = ANY($1)`, stations); err != nil {
		w.t.Fatal(err)
	}
}

func (f *folder) person(id, name string) {
	f.t.Helper()
	m := store.Member{Badge: "badge of " + id}
	m.ID, m.Name, m.Role = id, name, station.Packer
	if _, err := f.PutPeople(f.t.Context(), []store.Member{m}); err != nil {
		f.t.Fatal(err)
	}
}

// people are their names, and a sign of those whose badge is revoked.
func (f *folder) people(want ...string) {
	f.t.Helper()
	all, err := f.People(f.t.Context())
	var have []string
	for _, p := range all {
		if p.Revoked {
			p.Name += "!"
		}
		have = append(have, p.Name)
	}
	if slices.Sort(have); err != nil || !slices.Equal(have, want) {
		f.t.Errorf("%s knows %q, %v; want %q", f.station, have, err, want)
	}
}

// What the shop decides is changed at a desk, or where the shop began. A bench brings its own
// along when it joins; what it changes later comes back as it was, and it may revoke a badge.
func TestABenchLeavesToADeskWhatTheShopDecides(t *testing.T) {
	w := newWorld(t, "S1")
	one := w.folders["S1"]
	for _, kind := range []string{"people", "rates", "shops", "accounts", "message_targets", "orders", "pins"} {
		var decided bool
		if err := w.owner.ask(t.Context(), `SELECT packbench.decided($1)`, []any{kind}, &decided); err != nil || decided != Decided(kind) {
			t.Errorf("%s is decided at a desk, says the hub: %v, %v", kind, decided, err)
		}
	}
	one.person("P1", "Ada")
	w.rounds("S1")
	db := w.empty()
	two := w.join("S2", db)
	two.person("P2", "Ben")
	w.rounds("S2", "S1")
	one.people("Ada", "Ben")
	if one.x.Status().Narrow || !two.x.Status().Narrow {
		t.Errorf("S1 is narrow: %v, S2: %v", one.x.Status().Narrow, two.x.Status().Narrow)
	}

	two.person("P1", "Eve")
	two.person("P2", "Eva")
	two.person("P3", "Mallory")
	two.product("PEN", "a pen")
	w.rounds("S2", "S1", "S2")
	for _, f := range []*folder{one, two} {
		f.people("Ada", "Ben")
		f.name("PEN", "a pen")
		f.nothingToTell()
	}
	two.overruled(`people ["P1"]`, `people ["P2"]`, `people ["P3"]`)
	if _, err := two.RevokeBadge(t.Context(), "P1"); err != nil {
		t.Fatal(err)
	}
	w.rounds("S2", "S1", "S2")
	one.people("Ada!", "Ben")
	two.people("Ada!", "Ben")

	// An older state of the hub is put back: all is told again, and nothing is made of it.
	if err := two.ShareAgain(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.rounds("S2", "S1")
	two.people("Ada!", "Ben")
	w.join("S2", db).person("P3", "Cleo") // it joins once more
	w.rounds("S2", "S1")
	one.people("Ada!", "Ben", "Cleo")
	if _, _, err := w.owner.Enrol(t.Context(), "S2", true, "", "S2"); err != nil { // as a desk
		t.Fatal(err)
	}
	w.folders["S2"].person("P1", "Ada L.")
	w.rounds("S2", "S1")
	one.people("Ada L.!", "Ben", "Cleo")
}

// Settings and keys of shops, and how what goes out stands, are not a bench's to say.
func TestABenchSaysNothingForTheShop(t *testing.T) {
	ctx := t.Context()
	_, owner, as := begun(t, "S1", "S2")
	about, err := owner.About(ctx)
	if err != nil {
		t.Fatal(err)
	}
	entry := func(key string, state store.EntryState, tries int) store.Entry {
		return store.Entry{Key: key, Target: "web", Kind: store.EntryStock, State: state, Tries: tries, Added: noon, Moved: noon, Body: []byte(`{}`)}
	}
	secret := "secret/shop-web.key"
	for _, station := range []string{"S1", "S2"} {
		if err := as[station].Brought(ctx, about, station); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"station.toml", secret, TraceKeys} {
			if err := as[station].KeepKey(ctx, station, name, []byte(station)); err != nil {
				t.Fatal(err)
			}
		}
		if err := as[station].TellEntries(ctx, station, []store.Entry{entry(station+" new", store.EntryWaiting, 0), entry(station+" done", store.EntryDone, 1)}); err != nil {
			t.Fatal(err)
		}
	}
	keys, err := owner.Keys(ctx)
	if err != nil || string(keys["station.toml"]) != "S1" || string(keys[secret]) != "S1" || string(keys[TraceKeys]) != "S2" {
		t.Errorf("%q, %v", keys, err)
	}
	told := func(want ...string) {
		t.Helper()
		all, _, err := owner.Entries(ctx, 0, 100, bytesAtOnce)
		var have []string
		for _, e := range all {
			have = append(have, e.Key+" "+string(e.State))
		}
		if slices.Sort(have); err != nil || !slices.Equal(have, want) {
			t.Errorf("%q, %v; want %q", have, err, want)
		}
	}
	told("S1 done done", "S1 new waiting", "S2 new waiting")
	if err := as["S2"].TellEntries(ctx, "S2", []store.Entry{entry("S1 new", store.EntryDone, 5)}); err != nil {
		t.Fatal(err)
	}
	if _, err := as["S2"].ActEntry(ctx, "S2", "S1 new", false, "other", noon); KindOf(err) != NoRights {
		t.Errorf("a bench gives up what goes out: %v", err)
	}
	told("S1 done done", "S1 new waiting", "S2 new waiting")
	if l, err := as["S2"].Lease(ctx, "S2", RunnerLease, 0, 60e9); err != nil || l.Holder != "S2" {
		t.Fatal(l, err)
	}
	if err := as["S2"].TellEntries(ctx, "S2", []store.Entry{entry("S1 new", store.EntryDone, 5)}); err != nil {
		t.Fatal(err)
	}
	told("S1 done done", "S1 new done", "S2 new waiting")
}

// One return is released by a desk, and what nobody would scan any more is forgotten.
func TestAReturnIsReleasedAndForgotten(t *testing.T) {
	ctx := t.Context()
	database, owner, as := begun(t, "S1", "S2")
	h := as["S1"]
	for _, label := range []string{"A", "B"} {
		if c, err := h.Claim(ctx, "S1", ReturnClaim, label, false); err != nil || c.Station != "S1" {
			t.Fatal(c, err)
		}
	}
	if _, _, err := owner.Enrol(ctx, "S2", true, "", "S2"); err != nil {
		t.Fatal(err)
	}
	if freed, err := as["S2"].ReleaseReturn(ctx, "A"); err != nil || !slices.Equal(freed, []string{"A"}) {
		t.Errorf("%q, %v", freed, err)
	}
	if c, err := as["S2"].Claim(ctx, "S2", ReturnClaim, "A", false); err != nil || c.Station != "S2" {
		t.Errorf("%+v, %v", c, err)
	}
	if err := as["S2"].Settle(ctx, "S2", ReturnClaim, []string{"A"}, Done); err != nil {
		t.Fatal(err)
	}
	for days, left := range map[string]int{"179": 2, "181": 1} { // what is held stays
		server.Exec(t, database, `UPDATE packbench.claims SET since = now() - interval '`+days+` days'; SELECT packbench.end_claims()`)
		n := 0
		if err := owner.ask(ctx, `SELECT count(*) FROM packbench.claims`, nil, &n); err != nil || n != left {
			t.Errorf("after %s days %d are left, %v", days, n, err)
		}
	}
}

// A hub of the format before serves this program: a bench of it may what it might.
func TestAHubOfTheFormatBefore(t *testing.T) {
	database, address := server.Database(t)
	w := &world{t: t, database: database, owner: opened(t, address), folders: map[string]*folder{}}
	if _, err := w.owner.bringTo(t.Context(), formats[:Format-1]); err != nil {
		t.Fatal(err)
	}
	one, two := w.join("S1", w.empty()), w.join("S2", w.empty())
	w.rounds("S1", "S2")
	two.person("P1", "Ada")
	w.rounds("S2", "S1")
	one.people("Ada")
	if _, err := w.owner.ReleaseReturn(t.Context(), "A"); KindOf(err) != OlderHub {
		t.Errorf("%v", err)
	}
	if _, err := w.owner.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	two.person("P1", "Ada L.")
	w.rounds("S2", "S1")
	one.people("Ada L.")
}
