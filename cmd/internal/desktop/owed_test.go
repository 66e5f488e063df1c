package desktop

import (
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/photos"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/store"
	"packbench/station/unit"
)

// owes has a return come in whose money is due so many days from now.
func (d *seat) owes(id string, days int, minor int64) {
	d.Helper()
	w := foldertest.NewWriter(d, d.front.Folder, "S9"+id)
	now := d.front.Folder.Clock()
	b := pack.Back{N: 1, Line: "1", SKU: "HONEY", Qty: 1, Grading: pack.Grading{Grade: "opened", Disposition: "second-choice", Bin: "SECOND", Apart: true}}
	sent := &pack.Sent{Parcel: "1003-1", Order: "1003", SSCC: "0952000000000000" + id, State: pack.ParcelHandedOut}
	w.WriteAt(now, pack.ReturnOpened{Return: "R-" + id, Sent: sent}, pack.ReturnUnit{Return: "R-" + id, Back: b}, pack.ReturnGraded{Return: "R-" + id, Back: b},
		pack.ReturnClosed{Return: "R-" + id, Order: "1003", Parcel: "1003-1", SSCC: sent.SSCC, Units: 1, Owed: unit.Money{Minor: minor, Currency: "EUR"}, Due: now.AddDate(0, 0, days), Backs: []pack.Back{b}})
}

func (d *seat) owed(what string, good func(*screen.AfterView) bool) *screen.AfterView {
	d.Helper()
	return d.until(what, func(v screen.View) bool { return v.Page == screen.PageOwed && v.After != nil && good(v.After) }).After
}

func (d *seat) money(id string) string {
	d.Helper()
	r, err := d.front.Folder.Store.Return(d.Context(), id)
	if err != nil {
		d.Fatal(err)
	}
	return r.Money + " " + r.Why
}

// R4: a supervisor sees what is owed, what is overdue first, and settles it: paid after a second
// yes, refused with a reason, told to the shop. A packer does not come there, and a touch that
// was meant for another return does nothing.
func TestWhatBuyersAreOwedIsSettledInTheWindow(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-PACKER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageOwed)})
	if v := d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle }); v.After != nil {
		t.Error("a packer sees what is owed")
	}
	d.scanText("PB:badge:B-SUPERVISOR")
	d.until("the supervisor", func(v screen.View) bool { return v.Header.Role == "supervisor" })
	d.press(37, 15, 0) // Ctrl 6
	d.touch("page:owed")
	d.owed("nothing", func(v *screen.AfterView) bool { return v.Well && v.Empty == "Nothing is owed" })
	d.owes("31", 5, 980)
	d.owes("32", -2, 24900)
	d.owes("33", 9, 500)
	v := d.owed("what is owed", func(v *screen.AfterView) bool { return len(v.Rows) == 3 && v.Detail != nil })
	if v.Title != "Money owed · 3 · overdue: 1" || !strings.HasPrefix(v.Rows[0].Title, "249.00 EUR, overdue since") || !strings.Contains(v.News, "= paid 0 + refused 0 + still owed 3") || !strings.Contains(v.Detail.Ask, "Honey, lime blossom: package opened, second choice, SECOND") {
		t.Errorf("%q, %q, %+v, %+v", v.Title, v.News, v.Rows[0], v.Detail)
	}

	d.touch("owed:paid")
	d.owed("to be asked", func(v *screen.AfterView) bool { return strings.HasPrefix(v.Detail.Saved, "Is 249.00 EUR paid") })
	d.touch("owed:back")
	d.owed("nothing asked", func(v *screen.AfterView) bool { return v.Detail.Saved == "" })
	d.front.Intent(screen.Intent{Kind: screen.IntentOwed, Name: "R-31", Value: screen.OwedPaid}) // it is not the one that is shown
	d.front.Intent(screen.Intent{Kind: screen.IntentOwed, Name: "R-31", Value: screen.OwedSure})
	d.touch("owed:paid")
	d.touch("owed:sure")
	d.owed("it to be paid", func(v *screen.AfterView) bool { return len(v.Rows) == 2 && strings.Contains(v.News, "paid 1") })

	d.touch("owed:refuse")
	d.touch("owed:worn")
	d.owed("it to be refused", func(v *screen.AfterView) bool { return len(v.Rows) == 1 && strings.Contains(v.News, "refused 1") })
	d.touch("owed:refund")
	d.touch("owed:sure")
	v = d.owed("the shop to be told", func(v *screen.AfterView) bool { return strings.Contains(v.Rows[0].Title, "shop told") })
	if have := d.money("R-31") + ", " + d.money("R-32") + ", " + d.money("R-33"); have != store.MoneyRefused+" worn, "+store.MoneyPaid+" , "+store.MoneyTold+" " {
		t.Errorf("in the end it is %s; %+v", have, v.Detail)
	}
}

// R2, R4: a supervisor announces a return for a buyer, by touch, and says what a blind one is of.
func TestAReturnIsAnnouncedAndABlindOneMatchedInTheWindow(t *testing.T) {
	d := newDesk(t)
	w := foldertest.NewWriter(d, d.front.Folder, "S9")
	now := d.front.Folder.Clock()
	w.WriteAt(now, pack.ParcelDone{Parcel: "1003-1", Order: "1003", SSCC: "095200000000000318", Contents: []pack.Content{{Line: "1", SKU: "HONEY", Qty: 2}}})
	b := pack.Back{N: 1, SKU: "HONEY", Qty: 1, Grading: pack.Grading{Grade: "opened", Disposition: "second-choice", Bin: "SECOND", Apart: true}}
	w.WriteAt(now, pack.ReturnOpened{Return: "B-S9-1", Place: "R-7"}, pack.ReturnUnit{Return: "B-S9-1", Back: b}, pack.ReturnGraded{Return: "B-S9-1", Back: b}, pack.ReturnClosed{Return: "B-S9-1", Units: 1, Backs: []pack.Back{b}})
	d.signIn("B-SUPERVISOR")
	d.press(37, 15, 0) // Ctrl 6
	d.touch("page:owed")
	v := d.owed("the blind one", func(v *screen.AfterView) bool {
		return len(v.Rows) == 1 && v.Detail != nil && len(v.Detail.Actions) == 2
	})
	if v.Detail.Actions[0].Label != "Parcel 1003-1" {
		t.Errorf("it is offered %+v", v.Detail.Actions)
	}

	d.touch("owed:announce")
	d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: screen.EntryAnnounce, Value: "1003"})
	d.owed("what left", func(v *screen.AfterView) bool {
		return v.Title == "Announce a return" && len(v.Rows) == 1 && v.Rows[0].Sub == "0 of 2 come back"
	})
	d.front.Intent(screen.Intent{Kind: screen.IntentOwed, Name: screen.Announce, Value: screen.OwedSure}) // nothing comes back
	d.touch("announce:HONEY")
	d.owed("one", func(v *screen.AfterView) bool { return v.Rows[0].Sub == "1 of 2 come back" })
	d.touch("announce:" + screen.OwedSure)
	d.touch("announce:fit")
	d.owed("it to be announced", func(v *screen.AfterView) bool {
		return len(v.Rows) == 2 && v.Detail != nil && strings.HasPrefix(v.Detail.Title, "Announced")
	})
	comes, err := d.front.Folder.Store.ReturnComes(t.Context(), "095200000000000318-A")
	if err != nil || len(comes) != 1 || comes[0].Qty != 1 || comes[0].Reason != "fit" {
		t.Errorf("announced is %+v, %v", comes, err)
	}

	d.touch("owed:B-S9-1")
	photo := filepath.Join(t.TempDir(), "it.png")
	file, err := os.Create(photo)
	if err == nil {
		err = errors.Join(png.Encode(file, image.NewGray(image.Rect(0, 0, 40, 30))), file.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	d.front.Dropped(photo)
	v = d.owed("its photo", func(v *screen.AfterView) bool { return v.Detail != nil && len(v.Detail.Photos) == 1 })
	if v.Detail.Photo == nil || !photos.Whole(d.front.Folder.DocumentsDir(), strings.TrimPrefix(v.Detail.Photos[0], screen.PhotoName)) {
		t.Errorf("the photo is %+v", v.Detail)
	}
	d.front.Dropped(filepath.Join(t.TempDir(), "none.png"))
	d.owed("it to be said that there is no such file", func(v *screen.AfterView) bool { return strings.Contains(v.Detail.Saved, "none.png") })
	d.touch("owed:match:1003-1")
	d.owed("to be asked", func(v *screen.AfterView) bool { return v.Detail.Saved == "Is it of parcel 1003-1?" })
	d.touch("owed:sure")
	d.owed("it to be matched", func(v *screen.AfterView) bool { return len(v.Rows) == 2 && v.Rows[0].Kind == pack.Asked })
	if have := d.money("B-S9-1"); have != store.MoneyOwed+" " {
		t.Errorf("the blind one is %q", have)
	}
}
