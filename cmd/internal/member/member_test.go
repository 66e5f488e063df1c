package member

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/desks"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/upkeep"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/hub"
	"packbench/station/hub/hubtest"
	"packbench/station/journal"
	"packbench/station/store"
	"packbench/station/unit"
)

var server *hubtest.Server

func TestMain(m *testing.M) {
	os.Exit(hubtest.Run(func(s *hubtest.Server) int {
		server = s
		return m.Run()
	}))
}

// shop is a hub with a first folder, the sample shop's.
type shop struct {
	t        *testing.T
	address  string
	database string
}

func newShop(t *testing.T) shop {
	t.Helper()
	database, address := server.Database(t)
	if made, _, err := Init(t.Context(), address, ""); err != nil || !made {
		t.Fatalf("%v, %v", made, err)
	}
	return shop{t, address, database}
}

func (s shop) join(dir, station string, desk bool) Joined {
	s.t.Helper()
	to, err := Join(s.t.Context(), dir, Joining{Address: s.address, Station: station, Desk: desk})
	if err != nil {
		s.t.Fatal(err)
	}
	return to
}

func (s shop) sample() string {
	s.t.Helper()
	dir := filepath.Join(s.t.TempDir(), "first")
	foldertest.Init(s.t, dir, true, folder.Options{})
	return dir
}

func open_(t *testing.T, dir string) *folder.Folder {
	t.Helper()
	d, err := folder.Open(t.Context(), dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func once(t *testing.T, folders ...*folder.Folder) {
	t.Helper()
	for range 2 {
		for _, d := range folders {
			if _, err := Once(t.Context(), d, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A second computer gets the whole shop: goods, orders, people whose badges it reads, keys
// and settings.
func TestANewFolderIsTheShops(t *testing.T) {
	s := newShop(t)
	first := s.sample()
	s.join(first, "", false)
	second := filepath.Join(t.TempDir(), "second")
	if to := s.join(second, "S2", false); !to.New || to.Station != "S2" || to.Badges != 0 {
		t.Errorf("%+v", to)
	}
	one, two := open_(t, first), open_(t, second)
	ctx := t.Context()
	for _, d := range []*folder.Folder{one, two} {
		orders, err := d.Store.DueOrders(ctx, d.Settings.Station, 0)
		if err != nil || len(orders) < 5 {
			t.Errorf("%s has %d orders, %v", d.Settings.Station, len(orders), err)
		}
		if p, err := d.PersonByBadge(ctx, "B-PACKER"); err != nil || p == nil {
			t.Errorf("%s does not know a badge: %v", d.Settings.Station, err)
		}
	}
	code, err := two.Sign("395200000000000012", "1001")
	if err != nil {
		t.Fatal(err)
	}
	if r, err := one.VerifyCode(ctx, code); err != nil || r.Verdict != "genuine" {
		t.Errorf("a code of the other bench is %+v, %v", r, err)
	}
	if two.Settings.GS1.CompanyPrefix != one.Settings.GS1.CompanyPrefix || two.Settings.Station != "S2" {
		t.Errorf("settings: %+v", two.Settings.GS1)
	}
	for _, file := range []string{"hub-login.key"} {
		if info, err := os.Stat(two.Path(file)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v", file, err)
		}
	}

	// A new trace key of one is read at the other.
	if _, err := folder.RotateKey(first, false); err != nil {
		t.Fatal(err)
	}
	once(t, one, two)
	if code, err = one.Sign("395200000000000029", "1002"); err != nil {
		t.Fatal(err)
	}
	if r, err := two.VerifyCode(ctx, code); err != nil || r.Verdict != "genuine" {
		t.Errorf("a code under a new key is %+v, %v", r, err)
	}
}

// A hub that is lost is made anew from the folders.
func TestAHubIsMadeAnewFromItsFolders(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and one goroutine")
	}
	s := newShop(t)
	first, second := s.sample(), filepath.Join(t.TempDir(), "second")
	s.join(first, "", false)
	s.join(second, "S2", false)
	ctx := t.Context()
	one, two := open_(t, first), open_(t, second)
	if err := two.AtDesk(ctx, cases.StationUnlocked{Station: "S1", By: "V1"}); err != nil {
		t.Fatal(err)
	}
	once(t, one, two)
	given := func(d *folder.Folder) string {
		t.Helper()
		n, err := d.Store.LabelNumbers(ctx, store.Numbering{Effect: "E" + d.Settings.Station, Parcel: "P" + d.Settings.Station, Station: d.Settings.Station, Carrier: "none", SSCC: d.SSCCRange()})
		if err != nil {
			t.Fatal(err)
		}
		return n.SSCC
	}
	before := max(given(one), given(two))
	for _, d := range []*folder.Folder{one, two} {
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
	}
	again := newShop(t)
	again.join(first, "", false)
	again.join(second, "", false)
	one, two = open_(t, first), open_(t, second)
	once(t, one, two)
	st, err := Ask(ctx, one, nil)
	if err != nil || st.Err != nil || st.Told != 0 {
		t.Fatalf("%+v, %v", st, err)
	}
	rows := map[string]int64{}
	for _, w := range st.Writers {
		rows[w.Writer] = w.Seq
	}
	if rows["desk-S2"] != 1 {
		t.Errorf("the hub has %v", rows)
	}
	for _, d := range []*folder.Folder{one, two} {
		n, err := d.Store.LabelNumbers(ctx, store.Numbering{Effect: "F" + d.Settings.Station, Parcel: "Q" + d.Settings.Station, Station: d.Settings.Station, Carrier: "none", SSCC: d.SSCCRange()})
		if err != nil || n.SSCC <= before {
			t.Errorf("%s gives %s after %s, %v", d.Settings.Station, n.SSCC, before, err)
		}
	}
}

// What the desk of one folder decides stands in a chain of its own, and both know it.
func TestEachDeskHasItsChain(t *testing.T) {
	s := newShop(t)
	first := s.sample()
	ctx := t.Context()
	before := open_(t, first)
	if err := before.AtDesk(ctx, cases.StationUnlocked{Station: "S1", By: "V1"}); err != nil {
		t.Fatal(err)
	}
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	if to := s.join(first, "", false); to.DeskRows != 0 {
		t.Errorf("%+v", to)
	}
	second := filepath.Join(t.TempDir(), "second")
	s.join(second, "S2", true)
	one, two := open_(t, first), open_(t, second)
	for _, d := range []*folder.Folder{one, two} {
		if err := d.AtDesk(ctx, cases.StationUnlocked{Station: "S1", By: "V1"}); err != nil {
			t.Fatal(err)
		}
	}
	once(t, one, two)
	for _, d := range []*folder.Folder{one, two} {
		n := 0
		for r, err := range desks.Rows(ctx, d.Store) {
			if err != nil {
				t.Fatal(err)
			}
			if r.Hash == r.Sum() {
				n++
			}
		}
		if n != 3 {
			t.Errorf("%s knows %d decisions", d.Settings.Station, n)
		}
	}
}

// A supervisor takes from a dead bench what it holds: it is a case, and the bench that comes
// back has it no longer.
func TestWhatADeadBenchHoldsIsReleased(t *testing.T) {
	s := newShop(t)
	first := s.sample()
	s.join(first, "", false)
	second := filepath.Join(t.TempDir(), "second")
	s.join(second, "D1", true)
	ctx := t.Context()
	one, desk := open_(t, first), open_(t, second)
	link, err := Start(ctx, one, "S1", nil)
	if err != nil {
		t.Fatal(err)
	}
	due, err := one.Store.DueOrders(ctx, "S1", 0)
	if err != nil {
		t.Fatal(err)
	}
	order := due[len(due)-1].ID
	if holder, err := link.ClaimOrder(ctx, order, "S1", time.Now()); err != nil || holder != "S1" {
		t.Fatal(holder, err)
	}
	link.Close()

	st, err := Ask(ctx, desk, nil)
	if err != nil || st.Err != nil {
		t.Fatal(st.Err, err)
	}
	held := 0
	for _, c := range st.Claims {
		if c.Station == "S1" {
			held++
		}
	}
	if held != 1+one.Settings.Hub.Ahead {
		t.Errorf("S1 holds %+v", st.Claims)
	}
	once(t, desk)
	if st, err = Ask(ctx, desk, nil); err != nil || len(st.Claims) != held { // nobody packs at the desk
		t.Errorf("claimed are %+v, %v", st.Claims, err)
	}
	robin, err := desk.Store.Person(ctx, "V1")
	if err != nil {
		t.Fatal(err)
	}
	packer := cases.Asker{Rights: desk.Rights()}
	if _, err := Release(ctx, desk, packer, "S1", "other", nil); err == nil {
		t.Error("somebody released it without a badge")
	}
	freed, err := Release(ctx, desk, cases.Asker{Person: robin, Rights: desk.Rights()}, "S1", "other", nil)
	if err != nil || len(freed) != held {
		t.Errorf("freed %v, %v", freed, err)
	}
	open, err := desk.Store.Cases(ctx, store.CaseFilter{State: store.CaseOpen, Kind: cases.KindClaim})
	if err != nil || len(open) != 1 || open[0].Scanned != "S1" {
		t.Errorf("%+v, %v", open, err)
	}
	if _, err := Release(ctx, one, cases.Asker{Person: robin, Rights: desk.Rights()}, "S1", "other", nil); err == nil || !strings.Contains(err.Error(), "--desk") {
		t.Errorf("a bench released it: %v", err)
	}

	// A return that a bench has open is named, and released alone by its label.
	label := "00952000000000000017"
	server.Exec(t, s.database, `INSERT INTO packbench.claims (kind, key, station, state, since, n) VALUES ('return', '`+label+`', 'S1', 'held', now(), 900), ('order', '77', 'S1', 'held', now(), 901)`)
	if st, err = Ask(ctx, desk, nil); err != nil || !slices.ContainsFunc(st.Claims, func(h Held) bool { return h.Return() && h.Key == label && h.Station == "S1" }) {
		t.Errorf("%+v, %v", st.Claims, err)
	}
	if freed, err = Release(ctx, desk, cases.Asker{Person: robin, Rights: desk.Rights()}, label, "return-moved", nil); err != nil || !slices.Equal(freed, []string{label}) {
		t.Errorf("freed %v, %v", freed, err)
	}
	if st, err = Ask(ctx, desk, nil); err != nil || len(st.Claims) != 1 || st.Claims[0].Key != "77" {
		t.Errorf("%+v, %v", st.Claims, err)
	}
}

// A station that works is not taken over by a slip of the keyboard, nor by a backup that
// somebody unpacks elsewhere; where its folder is lost, a person says so.
func TestAStationThatWorksIsNotTakenOver(t *testing.T) {
	s := newShop(t)
	first := s.sample()
	s.join(first, "", false)
	ctx := t.Context()
	backup := filepath.Join(t.TempDir(), "backup.zip")
	d := open_(t, first)
	once(t, d)
	if _, err := upkeep.New(d).Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	second := filepath.Join(t.TempDir(), "second")
	refused := func(dir, station, want string) {
		t.Helper()
		if _, err := Join(ctx, dir, Joining{Address: s.address, Station: station}); hub.KindOf(err) != hub.Taken || !strings.Contains(err.Error(), want) {
			t.Errorf("%s joins: %v", station, err)
		}
	}
	refused(second, "S1", "--replace")
	refused(filepath.Join(t.TempDir(), "third"), "s1", "too like it")
	copied := filepath.Join(t.TempDir(), "copied")
	if _, err := upkeep.Restore(ctx, copied, backup, folder.Options{}); err != nil {
		t.Fatal(err)
	}
	e := open_(t, copied)
	if _, err := Once(ctx, e, nil); hub.KindOf(err) != hub.Copied {
		t.Errorf("a backup is let in: %v", err)
	}
	once(t, d)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	refused(copied, "", "--replace")
	if _, err := Join(ctx, copied, Joining{Address: s.address, Replace: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := Once(ctx, d, nil); hub.KindOf(err) != hub.BadLogin && hub.KindOf(err) != hub.Copied {
		t.Errorf("the other one goes on: %v", err)
	}
}

// Two stations worked in one folder: the second may have one of its own, and goes on with
// its journal there.
func TestAStationMovesIntoAFolderOfItsOwn(t *testing.T) {
	s := newShop(t)
	first := s.sample()
	ctx := t.Context()
	before := open_(t, first)
	c := journal.Chain{Writer: "S2"}
	row := c.Next(time.Now(), []byte(`{"t":"started","e":{}}`), []byte(`[]`))
	if err := before.Store.Append(ctx, row); err != nil {
		t.Fatal(err)
	}
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	s.join(first, "S1", false)
	second := filepath.Join(t.TempDir(), "second")
	s.join(second, "S2", false)
	one, two := open_(t, first), open_(t, second)
	if err := two.Store.Append(ctx, c.After(row).Next(time.Now(), []byte(`{"t":"started","e":{}}`), []byte(`[]`))); err != nil {
		t.Fatal(err)
	}
	once(t, two, one)
	for _, d := range []*folder.Folder{one, two} {
		if head, err := d.Store.Head(ctx, "S2"); err != nil || head.Seq != 2 {
			t.Errorf("%s has %d rows of S2, %v", d.Settings.Station, head.Seq, err)
		}
	}
}

func TestWhatCannotBeJoined(t *testing.T) {
	s := newShop(t)
	first := s.sample()
	s.join(first, "", false)
	ctx := t.Context()
	other := newShop(t)
	other.join(filepath.Join(t.TempDir(), "other"), "S9", false)
	for name, j := range map[string]Joining{
		"is station S1":       {Address: s.address, Station: "S7"},
		"another hub":         {Address: other.address},
		"holds no hub":        {Address: server.Address("postgres", "owner")},
		"cannot be":           {Address: "postgres://owner@127.0.0.1:1/shop"},
		"sslmode":             {Address: "postgres://owner@203.0.113.9/shop"},
		"should look like po": {Address: "hub"},
	} {
		if _, err := Join(ctx, first, j); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	d := open_(t, first)
	link, err := Start(ctx, d, "S1", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer link.Close()
	if _, err := Once(ctx, d, nil); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("two programs at once: %v", err)
	}
	if _, err := Start(ctx, d, "S2", nil); err == nil || !strings.Contains(err.Error(), "of its own") {
		t.Errorf("another station in the folder: %v", err)
	}
	alone := open_(t, s.sample())
	if _, err := Once(ctx, alone, nil); !errors.Is(err, ErrAlone) {
		t.Error(err)
	}
	if link, err := Start(ctx, alone, "S1", nil); link != nil || err != nil {
		t.Error(link, err)
	}
	_ = hub.Format
}

// Where two benches changed the same, who looks is told whose change does not count.
func TestWhatDoesNotCountIsNamed(t *testing.T) {
	s := newShop(t)
	first, second := s.sample(), filepath.Join(t.TempDir(), "second")
	s.join(first, "", false)
	s.join(second, "S2", false)
	one, two := open_(t, first), open_(t, second)
	ctx := t.Context()
	once(t, one, two)
	for i, d := range []*folder.Folder{one, two} {
		if _, err := d.Store.PutCartons(ctx, []station.Carton{{ID: "XL", Tare: unit.Mass(100 + i)}}); err != nil {
			t.Fatal(err)
		}
	}
	once(t, one, two)
	for d, want := range map[*folder.Folder]int{one: 0, two: 1} {
		st, err := Ask(ctx, d, nil)
		if err != nil || st.OverruledAll != want || st.UnkeptAll != 0 || len(st.Overruled) != want {
			t.Errorf("%s: %+v, %v", d.Settings.Station, st, err)
		}
	}
	for again := range 2 { // once, and also where the folder joins again
		if again == 0 {
			once(t, two, one)
		} else {
			if err := two.Close(); err != nil {
				t.Fatal(err)
			}
			if _, err := Join(ctx, second, Joining{Address: s.address, Replace: true}); err != nil {
				t.Fatal(err)
			}
			two = open_(t, second)
			once(t, two, one)
		}
		for _, d := range []*folder.Folder{one, two} {
			open, err := d.Store.Cases(ctx, store.CaseFilter{State: store.CaseOpen, Kind: cases.KindClaim})
			if err != nil || len(open) != 1 || open[0].Code != cases.CodeOverruled || open[0].Scanned != "cartons XL" {
				t.Errorf("%s: %+v, %v", d.Settings.Station, open, err)
			}
		}
	}
}
