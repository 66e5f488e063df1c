package intake

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"strconv"
	"time"

	"packbench/assets"
	"packbench/station"
)

// Shop is the sample shop, as nouns. Rates is a rate card file and Settings a
// settings file, for the packages that read those.
type Shop struct {
	Products []station.Product
	Cartons  []station.Carton
	People   []Badged
	Orders   []station.Order
	Rates    []byte
	Settings []byte
}

// Sample reads the sample shop. Its dates lie around the given day, in that
// day's zone, so that a demo always has orders due today.
func Sample(today time.Time) (Shop, error) {
	var s Shop
	files, err := assets.Sample()
	if err != nil {
		return s, fmt.Errorf("sample shop: %w", err)
	}
	o := Options{Location: today.Location(), Currency: "EUR"}
	load := func(name string, read func(io.Reader) error) {
		if err != nil {
			return
		}
		var data []byte
		if data, err = fs.ReadFile(files, name); err == nil {
			err = read(bytes.NewReader(around(data, today)))
		}
	}
	ctx := context.Background()
	load("products.csv", func(r io.Reader) (err error) {
		s.Products, _, err = ReadProducts(ctx, r, "products.csv", o)
		return err
	})
	known := map[string]bool{}
	for _, p := range s.Products {
		known[p.SKU] = true
	}
	o.Product = func(word string) (string, bool) { return word, known[word] }
	load("cartons.csv", func(r io.Reader) (err error) {
		s.Cartons, _, err = ReadCartons(ctx, r, "cartons.csv", o)
		return err
	})
	load("people.csv", func(r io.Reader) (err error) {
		s.People, _, err = ReadPeople(ctx, r, "people.csv", o)
		return err
	})
	load("orders.csv", func(r io.Reader) (err error) {
		s.Orders, _, err = ReadOrders(ctx, r, "orders.csv", o)
		return err
	})
	load("rates.json", func(r io.Reader) (err error) {
		s.Rates, err = io.ReadAll(r)
		return err
	})
	load("station.toml", func(r io.Reader) (err error) {
		s.Settings, err = io.ReadAll(r)
		return err
	})
	if err != nil {
		return Shop{}, fmt.Errorf("sample shop: %w", err)
	}
	return s, nil
}

// around writes the days for words such as {today+1}.
func around(data []byte, today time.Time) []byte {
	return regexp.MustCompile(`\{today([+-]\d+)?\}`).ReplaceAllFunc(data, func(word []byte) []byte {
		days, err := strconv.Atoi(string(word[len("{today") : len(word)-1]))
		if err != nil {
			days = 0
		}
		return []byte(today.AddDate(0, 0, days).Format(time.DateOnly))
	})
}
