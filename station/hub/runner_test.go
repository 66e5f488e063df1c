package hub

import (
	"errors"
	"testing"
	"time"

	"packbench/station/message"
	"packbench/station/store"
)

// runners are two folders of which one may speak to shops.
func runners(t *testing.T) (w *world, one, two *folder) {
	t.Helper()
	w = newWorld(t, "S1", "S2")
	one, two = w.folders["S1"], w.folders["S2"]
	for _, f := range []*folder{one, two} {
		f.x.Runs = true
		t.Cleanup(f.x.giveTurn)
	}
	w.rounds("S1", "S2")
	return w, one, two
}

// mine reports whether a folder has the turn now.
func (f *folder) mine() bool {
	f.t.Helper()
	f.x.turning.Lock()
	f.x.turn.asked = time.Time{} // it need not wait to ask again
	f.x.turning.Unlock()
	_, done, err := f.x.Mine(f.t.Context())
	if err != nil {
		return false
	}
	done()
	return true
}

// over makes the hub's clock say that the turn is over.
func (w *world) over() {
	w.t.Helper()
	server.Exec(w.t, w.database, `UPDATE packbench.leases SET until = clock_timestamp() - interval '1 second'`)
}

// cut takes a folder's network away until the function is called.
func (f *folder) cut() (back func()) {
	address := f.address
	f.address = "postgres://nobody@127.0.0.1:1/none?sslmode=disable"
	f.x.drop()
	return func() {
		f.address = address
		f.x.drop()
	}
}

// send tells the outside of an entry, as all that tell do: say is what comes of it.
func (f *folder) send(key string, say func() store.EntryState) error {
	ctx := f.t.Context()
	if err := f.x.Begin(ctx, key); err != nil {
		return err
	}
	e := f.entry(key)
	mine, err := f.BeginEntry(ctx, e, noon, noon.Add(time.Minute))
	if err != nil || !mine {
		return errors.Join(err, errors.New("it moved here"))
	}
	e.State, e.Tries = say(), e.Tries+1
	if err := f.EndEntry(ctx, e, noon); err != nil {
		return err
	}
	return f.x.Tell(ctx, key)
}

func (f *folder) entry(key string) store.Entry {
	f.t.Helper()
	e, err := f.EntryByKey(f.t.Context(), key)
	if err != nil {
		f.t.Fatal(f.station, key, err)
	}
	return e
}

func (f *folder) puts(key string) {
	f.t.Helper()
	if _, err := f.PutEntry(f.t.Context(), store.Entry{Key: key, Target: "web", Kind: store.EntryStock, Body: []byte(`{"sku":"A"}`), Added: noon}); err != nil {
		f.t.Fatal(err)
	}
}

// One folder at a time speaks for the shop. What another one has to say goes out there, and
// what came of it is known in both.
func TestOneFolderSpeaksForTheShop(t *testing.T) {
	w, one, two := runners(t)
	if !one.mine() || two.mine() || !one.mine() {
		t.Fatal("both have the turn, or none")
	}
	two.puts("stock 1")
	w.rounds("S2", "S1")
	n := 0
	if err := one.send("stock 1", func() store.EntryState { n++; return store.EntryDone }); err != nil || n != 1 {
		t.Fatal(err, n)
	}
	if err := two.send("stock 1", func() store.EntryState { n++; return store.EntryDone }); err == nil || n != 1 {
		t.Errorf("one that has not the turn sent it: %v", err)
	}
	w.rounds("S1", "S2")
	if e := two.entry("stock 1"); e.State != store.EntryDone || e.Tries != 1 {
		t.Errorf("%+v", e)
	}
	leases, err := w.owner.Leases(t.Context())
	if err != nil || len(leases) != 1 || leases[0].Holder != "S1" || leases[0].Over {
		t.Errorf("%+v, %v", leases, err)
	}
	one.x.giveTurn()
	if !two.mine() || one.mine() {
		t.Error("who ended keeps the turn")
	}
}

// A runner that is cut off while a shop is told, and then sleeps, sends nothing that the
// next one has in hand: each entry is told once.
func TestARunnerThatIsCutOffSendsNothingTwice(t *testing.T) {
	w, one, two := runners(t)
	for _, key := range []string{"stock 1", "stock 2", "stock 3"} {
		one.puts(key)
	}
	w.rounds("S1", "S2")
	if !one.mine() {
		t.Fatal("nobody has the turn")
	}
	told := map[string]int{}
	tell := func(key string) func() store.EntryState {
		return func() store.EntryState { told[key]++; return store.EntryDone }
	}
	var back func()
	if err := one.send("stock 1", func() store.EntryState { // the network goes while the shop is told
		told["stock 1"]++
		back = one.cut()
		return store.EntryDone
	}); err == nil {
		t.Fatal("it told a hub that is away")
	}
	if err := one.send("stock 2", tell("stock 2")); err == nil || told["stock 2"] > 0 {
		t.Errorf("what the hub does not know was sent: %v", err)
	}
	if two.mine() {
		t.Error("another one took a turn that is not over")
	}
	w.over()
	if !two.mine() {
		t.Fatal("nobody took the turn")
	}
	if e := two.entry("stock 1"); e.State != store.EntryUnknown {
		t.Errorf("the next does not know that it is on its way: %+v", e)
	}
	if err := two.send("stock 2", tell("stock 2")); err != nil {
		t.Error(err)
	}
	back()
	// Its own clock says that it still has the turn: it slept.
	if err := one.send("stock 2", tell("stock 2")); err == nil {
		t.Error("a stale runner sent what another one has sent")
	}
	if err := one.send("stock 3", tell("stock 3")); err == nil {
		t.Error("a stale runner sent")
	}
	if one.mine() {
		t.Error("a stale runner goes on")
	}
	w.rounds("S1", "S2") // what came of the first is told late
	if e := two.entry("stock 1"); e.State != store.EntryDone {
		t.Errorf("%+v", e)
	}
	if err := two.send("stock 3", tell("stock 3")); err != nil {
		t.Error(err)
	}
	w.rounds("S2", "S1")
	for key, n := range map[string]int{"stock 1": 1, "stock 2": 1, "stock 3": 1} {
		if told[key] != n {
			t.Errorf("%s was told %d times", key, told[key])
		}
		if e := one.entry(key); e.State != store.EntryDone {
			t.Errorf("%s: %+v", key, e)
		}
	}
}

// Where the hub is away a runner goes on until its turn is over by its own running time.
func TestATurnEndsByItself(t *testing.T) {
	_, one, _ := runners(t)
	if !one.mine() {
		t.Fatal("nobody has the turn")
	}
	defer one.cut()()
	if !one.mine() {
		t.Error("it stops at once")
	}
	one.x.turning.Lock()
	one.x.turn.begun = time.Now().Add(-turnLength + turnMargin)
	one.x.turning.Unlock()
	if one.mine() {
		t.Error("it goes on behind its end")
	}
	one.x.turning.Lock()
	one.x.turn.begun = time.Now().Round(0).Add(time.Hour)
	one.x.turning.Unlock()
	if one.mine() {
		t.Error("a clock that was set back makes it longer")
	}
}

// A person's word on an entry counts where it is sent, whoever says it.
func TestAWordOnAnEntryReachesTheRunner(t *testing.T) {
	w, one, two := runners(t)
	w.manages("S2")
	one.puts("stock 1")
	one.puts("stock 2")
	w.rounds("S1", "S2")
	if !one.mine() {
		t.Fatal("nobody has the turn")
	}
	if err := one.send("stock 1", func() store.EntryState { return store.EntryRefused }); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1", "S2")
	if err := errors.Join(two.x.Again(t.Context(), "stock 1"), two.x.GiveUp(t.Context(), "stock 2", "not wanted")); err != nil {
		t.Fatal(err)
	}
	if err := one.send("stock 2", func() store.EntryState { t.Error("it was given up"); return store.EntryDone }); err == nil {
		t.Error("what was given up is sent")
	}
	w.rounds("S1", "S2")
	if a, b := one.entry("stock 1"), one.entry("stock 2"); a.State != store.EntryUnknown || b.State != store.EntryGivenUp || b.Answer != "not wanted" {
		t.Errorf("%+v\n%+v", a, b)
	}
}

// News are in one message to the team, whichever folder makes it.
func TestNewsAreToldByOneFolder(t *testing.T) {
	w, one, two := runners(t)
	ctx := t.Context()
	target := store.MessageTarget{ID: "team", Kind: "chat", Since: noon}
	if err := one.PutMessageTarget(ctx, target); err != nil {
		t.Fatal(err)
	}
	w.rounds("S1", "S2")
	news := func(key string) {
		t.Helper()
		for _, f := range []*folder{one, two} { // the chain that tells them came to both
			if err := f.PutNews(ctx, key, message.News{Kind: message.Lock, At: noon}); err != nil {
				t.Fatal(err)
			}
		}
	}
	gather := func(f *folder) (n int) {
		t.Helper()
		of, err := f.MessageTarget(ctx, "team")
		if err != nil {
			t.Fatal(err)
		}
		g, err := f.Gathered(ctx, of, []message.Kind{message.Lock}, noon, message.Shown)
		if err != nil || len(g.Batches) == 0 {
			return 0
		}
		m := message.Compose("m"+f.station+time.Now().String(), "shop", noon, g.Batches, time.UTC)
		if taken, err := f.TakeNews(ctx, of, g.UpTo, m); err != nil || !taken {
			t.Fatal(taken, err)
		}
		return g.Batches[0].N
	}
	news("S1.1/0")
	news("S1.2/0")
	if !one.mine() || gather(one) != 2 || gather(one) != 0 {
		t.Fatal("two news are not in one message")
	}
	w.rounds("S1", "S2")
	one.x.giveTurn()
	if !two.mine() || gather(two) != 0 {
		t.Error("the next tells them again")
	}
	// Made and not told: the folder is cut off, and another one tells the team.
	news("S1.3/0")
	two.x.giveTurn()
	if !one.mine() {
		t.Fatal("nobody has the turn")
	}
	back := one.cut()
	if gather(one) != 1 {
		t.Error("nothing is told")
	}
	w.over()
	if !two.mine() || gather(two) != 1 {
		t.Error("the next does not tell what nobody was told")
	}
	two.round()
	back()
	w.rounds("S1", "S2")
	waiting := 0
	entries, err := one.Entries(ctx, store.EntryFilter{Target: target.Entries()})
	for _, e := range entries {
		if e.State == store.EntryWaiting {
			waiting++
		}
	}
	if err != nil || waiting != 2 {
		t.Errorf("%d messages wait of three news in two messages, %v", waiting, err)
	}
	two.x.giveTurn()
	if !one.mine() || gather(one) != 0 {
		t.Error("it tells them again")
	}
}
