package store

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
)

func TestProductsAreFoundByEveryForm(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	mug := station.Product{
		SKU: "MUG", Name: "Mug", Aliases: []string{"OLD-MUG"}, Mass: 341_000,
		Barcodes: []station.Barcode{{Code: "012345678905", Factor: 1}, {Code: "10012345678902", Factor: 6}, {Code: "shelf 7"}},
	}
	tea := station.Product{SKU: "TEA", Name: "Tea", Barcodes: []station.Barcode{{Code: "0012345678905", Factor: 1}}}
	did := must[[]Change](t)(s.PutProducts(ctx, []station.Product{mug, tea}))
	if !slices.Equal(did, []Change{Added, Added}) {
		t.Errorf("did %v", did)
	}
	hits := func(got []Hit, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(got)
	}
	for what, got := range map[string][2]string{
		"exact text":      {hits(s.ProductsByCode(ctx, "012345678905")), "[{MUG 1}]"},
		"no GTIN":         {hits(s.ProductsByCode(ctx, "shelf 7")), "[{MUG 1}]"},
		"other form":      {hits(s.ProductsByCode(ctx, "00012345678905")), "[]"},
		"two hold it":     {hits(s.ProductsByGTIN(ctx, "00012345678905")), "[{MUG 1} {TEA 1}]"},
		"case":            {hits(s.ProductsByGTIN(ctx, "10012345678902")), "[{MUG 6}]"},
		"what is no GTIN": {hits(s.ProductsByGTIN(ctx, "")), "[]"},
		"alias":           {hits(s.ProductsByAlias(ctx, "OLD-MUG")), "[{MUG 1}]"},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %s, want %s", what, got[0], got[1])
		}
	}
	if got := must[station.Product](t)(s.Product(ctx, "MUG")); !reflect.DeepEqual(got, mug) {
		t.Errorf("got %+v", got)
	}
	mug.Barcodes, mug.Aliases = mug.Barcodes[:1], nil
	did = must[[]Change](t)(s.PutProducts(ctx, []station.Product{mug, tea}))
	if !slices.Equal(did, []Change{Changed, Unchanged}) {
		t.Errorf("did %v", did)
	}
	if got := hits(s.ProductsByGTIN(ctx, "10012345678902")) + hits(s.ProductsByAlias(ctx, "OLD-MUG")); got != "[][]" {
		t.Errorf("dropped codes are still found: %s", got)
	}
	if err := s.LinkBarcode(ctx, "TEA", station.Barcode{Code: "torn-1", Factor: 2}); err != nil {
		t.Fatal(err)
	}
	if got := hits(s.ProductsByCode(ctx, "torn-1")); got != "[{TEA 2}]" {
		t.Errorf("linked: %s", got)
	}
	if err := s.LinkBarcode(ctx, "NONE", station.Barcode{Code: "x"}); !errors.Is(err, ErrUnknown) {
		t.Errorf("linked to nothing: %v", err)
	}
}

func TestOrdersKeepTheShopsWords(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	o := station.Order{
		ID: "1001", Shop: "shop", Version: 3, Status: station.OrderOpen, ShipBy: noon, Totes: []string{"T1"},
		To: station.Address{Name: "Kunde Ø", City: "Århus", Country: "DK"}, Lines: []station.Line{{ID: "1", SKU: "MUG", Qty: 1}},
	}
	put := func() Change { t.Helper(); return must[[]Change](t)(s.PutOrders(ctx, []station.Order{o}))[0] }
	if did := put(); did != Added {
		t.Errorf("first: %s", did)
	}
	if got := must[station.Order](t)(s.Order(ctx, "1001")); !reflect.DeepEqual(got, o) {
		t.Errorf("got %+v", got)
	}
	if err := s.SetOrderStatus(ctx, "1001", station.OrderHeld, "payment"); err != nil {
		t.Fatal(err)
	}
	if did := put(); did != Unchanged {
		t.Errorf("the same words again: %s", did)
	}
	got := must[station.Order](t)(s.Order(ctx, "1001"))
	if got.Status != station.OrderHeld || got.Reason != "payment" || got.Version != 4 {
		t.Errorf("held: %+v", got)
	}
	o.Totes, o.Lines[0].Qty = []string{"T2"}, 2
	if did := put(); did != Changed {
		t.Errorf("new words: %s", did)
	}
	if got := must[station.Order](t)(s.Order(ctx, "1001")); got.Status != station.OrderOpen || got.Version != 5 || got.Lines[0].Qty != 2 {
		t.Errorf("changed: %+v", got)
	}
	if got := must[[]Due](t)(s.OrdersByTote(ctx, "T1")); got != nil {
		t.Errorf("in the old tote: %v", got)
	}
	if got := must[[]Due](t)(s.OrdersByTote(ctx, "T2")); len(got) != 1 || !got[0].ShipBy.Equal(noon) {
		t.Errorf("in the new tote: %v", got)
	}
	if _, err := s.Order(ctx, "none"); !errors.Is(err, ErrUnknown) || err.Error() != "read order none: not found" {
		t.Errorf("unknown order: %v", err)
	}
	if err := s.SetOrderStatus(ctx, "none", station.OrderHeld, ""); !errors.Is(err, ErrUnknown) {
		t.Errorf("status of an unknown order: %v", err)
	}
}

func TestDueOrdersAreSorted(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	line := func(sku string, qty int) []station.Line { return []station.Line{{ID: "1", SKU: sku, Qty: qty}} }
	orders := []station.Order{
		{ID: "late", ShipBy: noon.Add(time.Hour), Lines: line("MUG", 1)},
		{ID: "b", ShipBy: noon, Lines: line("MUG", 2)},
		{ID: "a", ShipBy: noon, Lines: line("MUG", 3)},
		{ID: "some day", Lines: line("MUG", 1)},
		{ID: "tea", ShipBy: noon, Lines: line("TEA", 1)},
		{ID: "held", ShipBy: noon, Status: station.OrderHeld, Lines: line("MUG", 1)},
		{ID: "cancelled", ShipBy: noon, Status: station.OrderCancelled, Lines: line("MUG", 1)},
		{ID: "elsewhere", ShipBy: noon, Lines: line("MUG", 1)},
		{ID: "mine", ShipBy: noon.Add(-time.Hour), Lines: line("MUG", 2)},
	}
	if _, err := s.PutOrders(ctx, orders); err != nil {
		t.Fatal(err)
	}
	for id, station := range map[string]string{"elsewhere": "S2", "mine": "S1"} {
		if _, err := s.ClaimOrder(ctx, id, station, noon); err != nil {
			t.Fatal(err)
		}
	}
	names := func(list []Due, err error) string {
		t.Helper()
		var ids []string
		for _, d := range list {
			ids = append(ids, d.ID)
		}
		return fmt.Sprint(strings.Join(ids, " "), err)
	}
	if got := names(s.DueOrders(ctx, "S1", 0)); got != "mine a b tea late some day<nil>" {
		t.Errorf("due: %s", got)
	}
	if got := names(s.DueOrders(ctx, "S1", 2)); got != "mine a<nil>" {
		t.Errorf("the first two: %s", got)
	}
	if got := names(s.OrdersWithSKU(ctx, "S1", "MUG", 0)); got != "late some day mine a b<nil>" {
		t.Errorf("of the product: %s", got)
	}
	if n := must[int](t)(s.countDue(ctx)); n != 7 {
		t.Errorf("%d are due", n)
	}
	if err := s.SetOrderStatus(ctx, "held", station.OrderOpen, ""); err != nil {
		t.Fatal(err)
	}
	if n := must[int](t)(s.countDue(ctx)); n != 8 {
		t.Errorf("%d are due after the release", n)
	}
}

func TestFirstDocumentOfAnEffectIsKept(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	d := Document{
		ID: "D1", Effect: "S1.7", Kind: "label", Order: "1001", Parcel: "1001-1", Profile: "203", File: "label.pdf",
		At: noon, PDF: []byte("%PDF first"),
	}
	if got := must[Document](t)(s.keepDocument(ctx, d)); !reflect.DeepEqual(got, d) {
		t.Errorf("kept %+v", got)
	}
	second := d
	second.ID, second.PDF = "D2", []byte("%PDF second")
	if got := must[Document](t)(s.keepDocument(ctx, second)); !reflect.DeepEqual(got, d) {
		t.Errorf("the second one replaced it: %+v", got)
	}
	if got := must[Document](t)(s.DocumentByEffect(ctx, "S1.7")); !reflect.DeepEqual(got, d) {
		t.Errorf("by effect %+v", got)
	}
	if got := must[Document](t)(s.Document(ctx, "D1")); !reflect.DeepEqual(got, d) {
		t.Errorf("by id %+v", got)
	}
	if _, err := s.Document(ctx, "D2"); !errors.Is(err, ErrUnknown) {
		t.Errorf("error %v", err)
	}
	if got := must[[]Document](t)(s.DocumentsOf(ctx, "1001")); len(got) != 1 || len(got[0].PDF) != 0 {
		t.Errorf("of the order %+v", got)
	}
}

func TestPeopleCartonsRatesSettings(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	packer := Member{Person: station.Person{ID: "p1", Name: "Packer One", Role: station.Packer, Lang: "de"}, Badge: "aa"}
	second := Member{Person: station.Person{ID: "p2", Name: "Packer Two", Role: station.Manager}}
	twice := func(put func() ([]Change, error), want ...Change) {
		t.Helper()
		if got := must[[]Change](t)(put()); !slices.Equal(got, want) {
			t.Errorf("did %v, want %v", got, want)
		}
	}
	people := func() ([]Change, error) { return s.PutPeople(ctx, []Member{packer, second}) }
	twice(people, Added, Added)
	packer.Role = station.Supervisor
	twice(people, Changed, Unchanged)
	if got := must[station.Person](t)(s.PersonByBadge(ctx, "aa")); got != packer.Person {
		t.Errorf("by badge %+v", got)
	}
	if _, err := s.PersonByBadge(ctx, ""); !errors.Is(err, ErrUnknown) {
		t.Errorf("no badge finds %v", err)
	}
	second.Badge = "aa"
	if did, err := people(); err != nil || did[1] != Refused {
		t.Errorf("two people with one badge: %v, %v", did, err)
	}
	if got := must[[]Member](t)(s.People(ctx)); len(got) != 2 || got[1].Badge != "" {
		t.Errorf("people %+v", got)
	}

	box := station.Carton{ID: "M", Name: "Medium", Tare: 200_000}
	cartons := func() ([]Change, error) { return s.PutCartons(ctx, []station.Carton{box}) }
	twice(cartons, Added)
	twice(cartons, Unchanged)
	box.Tare++
	twice(cartons, Changed)
	if got := must[station.Carton](t)(s.Carton(ctx, "M")); got != box {
		t.Errorf("carton %+v", got)
	}
	if got := must[[]station.Carton](t)(s.Cartons(ctx)); len(got) != 1 {
		t.Errorf("cartons %+v", got)
	}

	rates := func() ([]Change, error) {
		return s.PutRates(ctx, []Rate{{Name: "heron", Body: []byte("zone,price\n1,490\n")}})
	}
	twice(rates, Added)
	twice(rates, Unchanged)
	if got := must[[]Rate](t)(s.Rates(ctx)); len(got) != 1 || string(got[0].Body) != "zone,price\n1,490\n" {
		t.Errorf("rates %+v", got)
	}

	if _, err := s.Setting(ctx, "salt"); !errors.Is(err, ErrUnknown) {
		t.Errorf("error %v", err)
	}
	for _, salt := range []string{"first", "second"} {
		if got := must[[]byte](t)(s.InitSetting(ctx, "salt", []byte(salt))); string(got) != "first" {
			t.Errorf("salt %s", got)
		}
	}
	if err := s.PutSetting(ctx, "salt", []byte("third")); err != nil || string(must[[]byte](t)(s.Setting(ctx, "salt"))) != "third" {
		t.Errorf("error %v", err)
	}
}

func TestPutIsAllOrNothing(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.PutProducts(ctx, []station.Product{{SKU: "A"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	people := []Member{{Person: station.Person{ID: "p1"}, Badge: "x"}, {Person: station.Person{ID: "p2"}, Badge: "x"}}
	if did, err := s.PutPeople(context.Background(), people); err != nil || did[0] != Added || did[1] != Refused {
		t.Errorf("two people with one badge: %v, %v", did, err)
	}
	if got := must[[]Member](t)(s.People(context.Background())); len(got) != 1 || got[0].ID != "p1" {
		t.Errorf("kept are %+v", got)
	}
}
