package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/shops"
	"packbench/station"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/kinds"
	"packbench/station/store"
	"packbench/station/unit"
)

// simulatedShop is what `simulate shop` and `simulate carrier` are told.
type simulatedShop struct {
	kind, listen, add string
	orders            int
	command           []string // runs as long as the shop; nil: lines on stdin drive it
}

// simulated makes a simulated shop of a kind, and says where in it its interface is.
func simulated(kind string) (shop shopsim.Backend, path string, err error) {
	k, ok := kinds.Find(kind)
	if !ok {
		return nil, "", usagef("--kind is one of %s, not %q", strings.Join(kinds.IDs(), ", "), clipped(kind, 40))
	}
	return k.New(shopsim.Options{Lag: 5 * time.Second}), k.Path, nil
}

// simulateShop answers as a shop does, on this computer only, with orders for the
// products of the data folder.
func simulateShop(ctx context.Context, f *flags, o simulatedShop) (err error) {
	backend, path, err := simulated(o.kind)
	if err != nil {
		return err
	}
	url, stop, err := o.answer(backend)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	url += path
	return f.within(ctx, func(d *folder.Folder) error {
		goods, err := d.Store.Products(ctx, "", 30)
		if err != nil {
			return err
		}
		s := &shopKeeper{Backend: backend, goods: goods, rand: rand.New(rand.NewPCG(uint64(o.orders), 1))}
		for range o.orders {
			s.place(nil)
		}
		if o.add != "" {
			rooms := shops.New(d)
			of := store.Shop{ID: o.add, Kind: o.kind, URL: url, Options: backend.Set()}
			if err := rooms.Add(ctx, of, oneLine(backend.Secret())); err != nil {
				return err
			}
			defer func() { _ = rooms.Pause(context.WithoutCancel(ctx), o.add, true) }()
		}
		if err := f.print(map[string]any{"url": url, "key": oneLine(backend.Secret()), "set": backend.Set()},
			"a simulated shop (%s) answers at %s; its key is %s", o.kind, url, oneLine(backend.Secret())); err != nil {
			return err
		}
		if len(o.command) > 0 {
			return o.beside(ctx)
		}
		fmt.Fprintln(f.err, "place [SKU…], cancel ID, hold ID REASON, release ID, change ID LINE QTY, refund ID LINE QTY, parcels ID, stock SKU [N], fault NAME [PATH], heal")
		return s.serve(f.env)
	})
}

// answer answers on this computer, until stop.
func (o simulatedShop) answer(backend http.Handler) (url string, stop func() error, err error) {
	if host, _, err := net.SplitHostPort(o.listen); err != nil || host != "127.0.0.1" && host != "localhost" && host != "::1" {
		return "", nil, usagef("--listen is a port of this computer, such as 127.0.0.1:8081, not %q", clipped(o.listen, 40))
	}
	listener, err := net.Listen("tcp", o.listen)
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: backend, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }() // until Close
	return "http://" + listener.Addr().String(), server.Close, nil
}

// beside runs the command as long as it takes.
func (o simulatedShop) beside(ctx context.Context) error {
	run := exec.CommandContext(ctx, o.command[0], o.command[1:]...) // #nosec G204: the caller's own command
	run.Stdin, run.Stdout, run.Stderr = os.Stdin, os.Stdout, os.Stderr
	run.Cancel = func() error { return run.Process.Signal(os.Interrupt) }
	run.WaitDelay = 20 * time.Second
	return run.Run()
}

// oneLine is a key as it is entered.
func oneLine(secret string) string { return strings.Join(strings.Fields(secret), " ") }

// shopKeeper does in a simulated shop what customers and its owner do.
type shopKeeper struct {
	shopsim.Backend
	goods []station.Product
	rand  *rand.Rand
}

var buyers = []shopsim.Address{
	{Name: "Ann Example", Street: "Way 1", City: "Bonn", Postcode: "53111", Country: "DE", Email: "ann@example.com"},
	{Name: "Ben Sample", Company: "Sample Ltd", Street: "2 Mill Lane", City: "Leeds", Postcode: "LS1 4AP", Country: "GB"},
	{Name: "Chloé Exemple", Street: "3 rue du Port", City: "Lyon", Postcode: "69002", Country: "FR"},
}

// place has a customer order products, or any where none is named.
func (s *shopKeeper) place(skus []string) string {
	var lines []shopsim.Line
	for _, sku := range skus {
		lines = append(lines, shopsim.Line{SKU: sku, Name: sku, Qty: 1, Minor: 1000, Grams: 200})
	}
	for n := 1 + s.rand.IntN(3); len(skus) == 0 && len(lines) < n && len(s.goods) > 0; {
		p := s.goods[s.rand.IntN(len(s.goods))]
		l := shopsim.Line{SKU: p.SKU, Name: p.Name, Qty: 1 + s.rand.IntN(2), Minor: 1000 + int64(s.rand.IntN(40))*100, Grams: int(p.Mass / unit.Gram)}
		if len(p.Barcodes) > 0 {
			l.Barcode = p.Barcodes[0].Code
		}
		lines = append(lines, l)
	}
	return s.Place(shopsim.Order{To: buyers[s.rand.IntN(len(buyers))], Lines: lines, Service: "Standard"})
}

// serve carries out a line of the input at a time, and answers each.
func (s *shopKeeper) serve(e env) error {
	lines := bufio.NewScanner(e.in)
	for lines.Scan() {
		if len(strings.Fields(lines.Text())) == 0 {
			continue
		}
		answer, err := s.obey(lines.Text())
		switch {
		case err != nil:
			answer = "error: " + err.Error()
		case answer == "":
			answer = "ok"
		}
		if _, err := fmt.Fprintln(e.out, answer); err != nil {
			return err
		}
	}
	return lines.Err()
}

// obey carries out one line.
func (s *shopKeeper) obey(line string) (string, error) {
	words := strings.Fields(line)
	word, rest := words[0], words[1:]
	least := map[string]int{"place": 0, "cancel": 1, "hold": 1, "release": 1, "change": 3, "refund": 3, "parcels": 1, "stock": 1, "fault": 1, "heal": 0}
	need, known := least[word]
	switch {
	case !known:
		return "", fmt.Errorf("a shop does not understand %q", clipped(word, 40))
	case len(rest) < need:
		return "", fmt.Errorf("%s needs %d words more", word, need-len(rest))
	}
	switch word {
	case "place":
		return "order " + s.place(rest), nil
	case "cancel":
		s.Cancel(rest[0])
	case "hold":
		s.Hold(rest[0], strings.Join(rest[1:], " "))
	case "release":
		s.Release(rest[0])
	case "parcels":
		return fmt.Sprint(s.Parcels(rest[0])), nil
	case "fault":
		s.Faults().Next(strings.Join(rest[1:], " "), shopsim.Fault(rest[0]))
	case "heal":
		s.Faults().Heal()
	default:
		return s.number(word, rest)
	}
	return "", nil
}

// number carries out what ends in numbers.
func (s *shopKeeper) number(word string, rest []string) (string, error) {
	if word == "stock" && len(rest) == 1 {
		return strconv.Itoa(s.Stock(rest[0])), nil
	}
	var n []int
	for _, text := range rest[1:] {
		i, err := strconv.Atoi(text)
		if err != nil {
			return "", fmt.Errorf("%q is no number", clipped(text, 40))
		}
		n = append(n, i)
	}
	switch word {
	case "stock":
		s.SetStock(rest[0], n[0])
	case "change":
		s.Change(rest[0], n[0], n[1])
	case "refund":
		s.Refund(rest[0], n[0], n[1])
	}
	return "", nil
}
