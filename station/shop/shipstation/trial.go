package shipstation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// Test reads one thing of each kind that the bench needs and changes nothing. It says
// as well which of the newest parcels the sales channels were not told of.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	if err := s.room(4); err != nil {
		return nil, err
	}
	var out []shop.Check
	for _, c := range []struct {
		what string
		do   func(context.Context) (say string, err error)
	}{{"read orders", s.tryOrders}, {"read parcels", s.tryParcels}, {"read labels", s.tryLabels}, {"read products", s.tryProducts}} {
		say, err := c.do(ctx)
		check := shop.Check{What: c.what, OK: err == nil, Say: say}
		if err != nil {
			var away *shop.Away
			if errors.As(err, &away) && len(out) == 0 {
				return nil, err
			}
			check.Say, check.Fix = err.Error(), "try again; if it stays so, look at the API settings in ShipStation"
			if errors.As(err, new(*shop.Denied)) {
				check.Fix = "in ShipStation, open Settings, API Settings, and copy key and secret of the interface v1"
				return append(out, check), nil
			}
		}
		out = append(out, check)
	}
	out = append(out, shop.Check{What: "mark orders as shipped", OK: true, Say: "a key that reads may also mark; it is tried with the first parcel. Orders in several parcels are marked with the last one"})
	return append(out, s.untold(ctx)), nil
}

func (s *Shop) count(ctx context.Context, path string, q url.Values, what string) (int, error) {
	q.Set("pageSize", "1")
	var got struct{ Total *int }
	if _, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: path, Query: q}, what, &got); err != nil {
		return 0, err
	}
	if got.Total == nil {
		return 0, &shop.Away{Say: "another program than ShipStation answers at this address"}
	}
	return *got.Total, nil
}

func (s *Shop) tryOrders(ctx context.Context) (string, error) {
	q := url.Values{"orderStatus": {toPack[0]}}
	if s.store != 0 {
		q.Set("storeId", strconv.Itoa(s.store))
	}
	n, err := s.count(ctx, "/orders", q, "orders")
	return counted(n, "order", "to pack"), err
}

func (s *Shop) tryParcels(ctx context.Context) (string, error) {
	n, err := s.count(ctx, "/fulfillments", url.Values{}, "parcels")
	return counted(n, "parcel", "marked as shipped"), err
}

func (s *Shop) tryLabels(ctx context.Context) (string, error) {
	n, err := s.count(ctx, "/shipments", url.Values{}, "labels")
	return counted(n, "label", "bought in ShipStation"), err
}

func (s *Shop) tryProducts(ctx context.Context) (string, error) {
	n, err := s.count(ctx, "/products", url.Values{}, "products")
	return counted(n, "product", ""), err
}

// untold looks for parcels of which the sales channel does not know.
func (s *Shop) untold(ctx context.Context) shop.Check {
	check := shop.Check{What: "tell the sales channels", OK: true, Say: "the newest parcels reached them"}
	q := url.Values{"pageSize": {"100"}, "sortBy": {"CreateDate"}, "sortDir": {"DESC"}}
	var got struct{ Fulfillments []json.RawMessage }
	if _, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/fulfillments", Query: q}, "parcels", &got); err != nil {
		return shop.Check{What: check.What, Say: err.Error(), Fix: "try again"}
	}
	n, first := 0, ""
	for _, raw := range got.Fulfillments {
		var f sent
		if json.Unmarshal(raw, &f) != nil || f.Voided || f.NotifyError == "" {
			continue
		}
		if n++; n == 1 {
			first = fmt.Sprintf("order %s: %s", station.OneLine(f.OrderNumber, 40), station.OneLine(f.NotifyError, 160))
		}
	}
	if n > 0 {
		check.OK = false
		check.Say = fmt.Sprintf("%s of the newest %d did not reach its sales channel; %s", counted(n, "parcel", ""), len(got.Fulfillments), first)
		check.Fix = "look at these orders in ShipStation and notify the marketplace again there"
	}
	return check
}

func counted(n int, noun, rest string) string {
	if n != 1 {
		noun += "s"
	}
	if rest != "" {
		rest = " " + rest
	}
	return fmt.Sprintf("%d %s%s", n, noun, rest)
}
