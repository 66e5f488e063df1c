package desktop

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/store"
)

// emptyShop is a front of a shop that has nothing, and where its person chooses the
// file that is set in chosen.
func emptyShop(t *testing.T) (d *seat, choose func(path string)) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "shop")
	foldertest.Init(t, dir, false, folder.Options{})
	data, err := folder.Open(t.Context(), dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	data.Settings.Sounds = false
	f, err := New(t.Context(), data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	shown, chosen := &seenViews{}, make(chan string, 1)
	w := windowOf(shown)
	w.Choose = func(then func(string)) { then(<-chosen) }
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- f.Run(ctx, w, nil) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		f.Close()
		_ = data.Close()
	})
	return &seat{T: t, front: f, shown: shown, now: time.Now()}, func(path string) { chosen <- path }
}

// file writes a file for the shop.
func (d *seat) file(name string, lines ...string) string {
	d.Helper()
	path := filepath.Join(d.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		d.Fatal(err)
	}
	return path
}

// touch presses the button of this id, as soon as it is there.
func (d *seat) touch(id string) {
	d.Helper()
	var in screen.Intent
	d.until("the button "+id, func(v screen.View) bool {
		list := v.Targets()
		i := slices.IndexFunc(list, func(a screen.Action) bool { return a.ID == id })
		if i >= 0 {
			in = list[i].Intent
		}
		return i >= 0
	})
	d.front.Intent(in)
}

// enter types into the field that is open.
func (d *seat) enter(field, text string) {
	d.Helper()
	d.until("the field "+field, func(v screen.View) bool { return v.Entry != nil && v.Entry.ID == field })
	d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: field, Value: text})
}

func (d *seat) step(what, id string, good func(screen.ShopDetail) bool) screen.ShopDetail {
	d.Helper()
	defer func() {
		if v := d.shown.newest(); d.Failed() && v.Shop != nil {
			d.Logf("the step reads %q, %q", v.Shop.Step.Words, v.Shop.Step.Rows)
		}
	}()
	v := d.until(what, func(v screen.View) bool {
		return v.Shop != nil && slices.ContainsFunc(v.Shop.Steps, func(s screen.ShopStep) bool { return s.On && s.Select.Intent.Value == id }) && good(v.Shop.Step)
	})
	return v.Shop.Step
}

// V3: an empty folder opens the set-up page by itself, and what a shop needs comes in
// there: nobody needs a badge before there is one, or a terminal.
func TestFirstHourOfANewShop(t *testing.T) {
	d, choose := emptyShop(t)
	v := d.until("the set-up page", func(v screen.View) bool { return v.Shop != nil })
	if v.Page != screen.PageShop || v.Shop.Locked != "" || v.Shop.Step.State != "none yet" {
		t.Fatalf("the first page is %q, %+v", v.Page, v.Shop)
	}

	d.touch("sender")
	d.until("what is needed", func(v screen.View) bool {
		return v.Settings != nil && slices.ContainsFunc(v.Settings.Fields, func(f screen.FieldView) bool { return f.Label == "City" && f.Empty == "needed" })
	})
	for _, f := range []struct{ key, text string }{{"company", "Hill Shop"}, {"street", "Hill 1"}, {"postcode", "10115"}, {"city", "Berlin"}, {"country", "Deutschland"}} {
		d.touch("field:sender." + f.key)
		e := d.until("its field", func(v screen.View) bool { return v.Entry != nil && v.Entry.ID == "sender."+f.key }).Entry
		if strings.Contains(e.Label, ".") || e.Hint == "" {
			t.Errorf("the field of %s is called %q, %q", f.key, e.Label, e.Hint)
		}
		d.enter("sender."+f.key, f.text)
	}
	d.touch("page:shop")
	d.until("that it is not saved", func(v screen.View) bool { return v.Shop != nil && v.Shop.Steps[0].State == "typed in, not saved yet" })
	d.touch("sender")
	d.touch("save")
	d.until("the sender to be there", func(v screen.View) bool {
		return v.Shop != nil && v.Shop.Steps[0].Done && v.Shop.Steps[0].State == "Hill Shop, Berlin, Germany"
	})
	if s := d.kept().Sender; s.Country != "DE" || s != d.front.Folder.Sender() {
		t.Errorf("kept is %+v, papers name %+v", s, d.front.Folder.Sender())
	}

	d.touch("add:manager")
	d.enter("person:manager", "Maria Lopez")
	d.until("her to be signed in", func(v screen.View) bool { return v.Shop != nil && v.Header.Person == "Maria Lopez" })
	d.touch("add:packer")
	d.enter("person:packer", "Ben Ode")
	d.touch("badges")
	d.step("the badges to be printed", screen.StepPeople, func(s screen.ShopDetail) bool { return strings.HasPrefix(s.Words, "The sheet of badges is saved") })
	if got := d.changes(); !slices.Equal(got, []string{" person P1: added, manager", "P1 person P2: added, packer"}) {
		t.Errorf("the shift book has %q", got)
	}

	take := func(step, path, want string) {
		t.Helper()
		d.touch("step:" + step)
		d.touch("choose:" + step)
		choose(path)
		d.step(want, step, func(s screen.ShopDetail) bool { return strings.Contains(s.Words, want) && s.Done })
	}
	take(screen.StepProducts, d.file("goods.csv", "sku,name,barcodes,mass", "TEA,Tea,9520000000011,100 g", "BAD,Bad,123,x"), "2 read, 1 added, 0 changed, 0 unchanged, 1 rejected")
	if s := d.shown.newest().Shop.Step; len(s.Rows) == 0 || !strings.Contains(s.Rows[0], "Row 3") || s.Shape != screen.ShapeMark {
		t.Errorf("the bad row is shown as %+v", s)
	}
	take(screen.StepCartons, d.file("boxes.csv", "id,name,inner,tare", "M,Box M,300x200x150 mm,100 g"), "1 read, 1 added")
	d.touch("cards:cartons")
	d.step("the box cards", screen.StepCartons, func(s screen.ShopDetail) bool {
		return strings.HasPrefix(s.Words, "The sheet of box cards is saved") && slices.ContainsFunc(s.Actions, func(a screen.Action) bool { return a.ID == "folder" && a.Enabled })
	})
	d.touch("next")
	d.step("the step that follows", screen.StepRates, func(s screen.ShopDetail) bool { return !s.Done })
	take(screen.StepRates, d.file("prices.csv", "carrier,service,country,up to kg,price", "Bike Post,Basket,Germany,5,3.90"), "1 read, 1 added")
	// Dropped, wherever the page stands: it finds its own step.
	d.front.Dropped(d.file("list.csv", "order,sku,qty,name,street,postcode,city,country", "A1,TEA,1,Ann Ode,Weg 1,10115,Berlin,DE"))
	d.step("the order", screen.StepOrders, func(s screen.ShopDetail) bool { return strings.Contains(s.Words, "1 read, 1 added") })

	d.packs("A1")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageShop)})
	d.until("the last ticks", func(v screen.View) bool { return v.Shop != nil && v.Shop.Steps[6].Done && v.Shop.Steps[7].Done })
}

// packs is the first parcel, without a scale: what it weighs is typed.
func (d *seat) packs(order string) {
	d.Helper()
	d.touch("step:" + screen.StepParcel)
	d.touch("bench")
	post := func(code string) { d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: code}) }
	d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle })
	post(order)
	d.until("the order", func(v screen.View) bool { return v.Page == screen.PagePacking })
	post("9520000000011")
	post("PB:carton:M")
	d.until("the weighing", func(v screen.View) bool { return v.Page == screen.PageWeighing })
	d.front.Bench.Engine.Post(engine.Entry{Text: "200 g"})
	d.until("the label", func(v screen.View) bool {
		return v.Page == screen.PageClosing && d.front.Bench.Engine.State().Label().State != ""
	})
	d.until("it to be printed", func(screen.View) bool { return d.front.Bench.Engine.State().Label().State == pack.PrintPrinted })
	post("00" + d.front.Bench.Engine.State().Work.Parcel.Label.SSCC)
	d.until("the parcel to be closed", func(v screen.View) bool { return v.Page == screen.PageIdle && d.front.Bench.Engine.State().Work == nil })
}

// A badge is needed as soon as there are people, and the page is then that of who may
// change the settings.
func TestSetUpIsClosedOnceThereArePeople(t *testing.T) {
	d := newDesk(t)
	if v := d.until("a page", func(v screen.View) bool { return v.Bench != nil }); v.Page != screen.PageSignIn {
		t.Fatalf("the first page is %q", v.Page)
	}
	d.signIn("B-PACKER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageShop)})
	d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: "person:manager", Value: "Eve"})
	d.front.Dropped(d.file("people.csv", "id,name,role,badge", "X,Eve,manager,B-EVE1"))
	asked := make(chan struct{})
	d.front.Do(func() { close(asked) })
	<-asked // while it was still the packer
	d.signIn("B-MANAGER")
	d.until("the manager to be signed in", func(v screen.View) bool { return v.Header.Role == "manager" })
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
	d.touch("page:shop")
	d.touch("step:" + screen.StepPeople)
	d.step("the people", screen.StepPeople, func(screen.ShopDetail) bool { return true })
	people, err := d.front.Folder.Store.People(t.Context())
	if err != nil || slices.ContainsFunc(people, func(m store.Member) bool { return m.Name == "Eve" }) {
		t.Errorf("%+v, %v", people, err)
	}
}

// A people file without a manager would lock everybody out.
func TestFirstPeopleNeedAManager(t *testing.T) {
	d, _ := emptyShop(t)
	d.until("the set-up page", func(v screen.View) bool { return v.Shop != nil })
	d.front.Dropped(d.file("people.csv", "id,name,role,badge", "X,Ann,packer,B-ANN1"))
	d.step("the refusal", screen.StepPeople, func(s screen.ShopDetail) bool {
		return s.Shape == screen.ShapeCross && strings.Contains(s.Words, "manager")
	})
	d.front.Dropped(d.file("staff.csv", "id,name,role,badge", "X,Ann,packer,B-ANN1", "Y,Bo,manager,B-BOO1"))
	d.until("Bo to be signed in", func(v screen.View) bool { return v.Shop != nil && v.Header.Person == "Bo" })
	d.touch("badges")
	d.step("both badges", screen.StepPeople, func(s screen.ShopDetail) bool { return strings.Contains(s.Words, "is saved") })
	d.front.Dropped(d.file("poem.txt", "roses are red"))
	d.step("that it is nothing", screen.StepPeople, func(s screen.ShopDetail) bool { return s.Shape == screen.ShapeCross })
}
