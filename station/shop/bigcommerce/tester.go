package bigcommerce

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"packbench/station/shop"
	"packbench/station/web"
)

func requestTo(method, path string, body any) web.Request {
	return web.Request{Method: method, Path: path, Body: body}
}

// Test finds out what works, and changes nothing.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	const fix = "in BigCommerce, Settings, Store-level API accounts, make an account with the scope Orders: modify, and copy its access token and API path"
	read := shop.Check{What: "read orders"}
	var counts struct{ Count int }
	_, err := s.get(ctx, "/orders/count", url.Values{}, &counts)
	var denied *shop.Denied
	switch {
	case errors.As(err, &denied):
		read.Say, read.Fix = denied.Error(), fix
		return []shop.Check{read}, nil
	case errors.As(err, new(*shop.Gone)):
		read.Say, read.Fix = "there is no such store", fix
		return []shop.Check{read}, nil
	case err != nil:
		return nil, err
	}
	read.OK, read.Say = true, fmt.Sprintf("%d orders", counts.Count)
	write := shop.Check{What: "tell shipments", OK: true, Say: "the token may change orders"}
	// No store has an order 0: a token that may only read is refused before it is looked for.
	_, err = s.send(ctx, requestTo(http.MethodPut, "/orders/0", map[string]string{}), nil)
	switch {
	case errors.As(err, &denied):
		write = shop.Check{What: write.What, Say: "the token may only read orders", Fix: fix}
	case err != nil && !shop.Hopeless(err):
		return []shop.Check{read}, err
	}
	return []shop.Check{read, write}, nil
}
