package customstore

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// minutes is how the interface writes times, which are of UTC.
const minutes = "01/02/2006 15:04"

// read is one order of an export: what it is, or why nobody can pack it.
type read struct {
	id      string
	changed time.Time
	order   shop.Order
	left    *shop.Left
}

// window asks for one page of what changed from one minute to another.
func (s *Shop) window(ctx context.Context, from, to time.Time, page int) (orders []read, pages int, err error) {
	q := s.query(url.Values{
		"action": {"export"}, "start_date": {from.UTC().Format(minutes)}, "end_date": {to.UTC().Format(minutes)}, "page": {strconv.Itoa(page)},
	})
	a, err := s.web.Send(ctx, web.Request{Method: http.MethodGet, Query: q})
	if err != nil {
		return nil, 0, meant(err)
	}
	orders, pages, err = s.decode(a)
	if err != nil {
		return nil, 0, &shop.Away{Err: err}
	}
	s.note(orders)
	return orders, pages, nil
}

// meant says what a status means to a custom store.
func meant(err error) error {
	status := new(web.Status)
	if errors.As(err, new(*shop.Denied)) {
		return &shop.Denied{Say: "enter the user name and the password again that the shop shows for ShipStation"}
	}
	if !errors.As(err, &status) {
		return err
	}
	if !status.Sent {
		return &shop.Away{Say: status.Error() + "; the address of the custom store may be wrong"}
	}
	switch status.Status {
	case http.StatusNotFound:
		return &shop.Gone{What: "order of this number"}
	case http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusUnprocessableEntity:
		return &shop.Refused{Say: status.Error()}
	}
	return err
}

// decode reads a page. An order that cannot be read does not take others with it.
func (s *Shop) decode(a web.Answer) (orders []read, pages int, err error) {
	body := clean(a.Body)
	if a.IsHTML() && looksLikePage(body) {
		return nil, 0, &web.NoJSON{Type: a.Header.Get("Content-Type")}
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Entity = xml.HTMLEntity
	var foreign error
	d.CharsetReader = func(name string, r io.Reader) (io.Reader, error) {
		if strings.EqualFold(name, "us-ascii") {
			return r, nil
		}
		foreign = fmt.Errorf("the shop's list of orders is in the encoding %s, and has to be in UTF-8", station.OneLine(name, 20))
		return nil, foreign
	}
	inside := false
	for {
		token, err := d.Token()
		switch {
		case err == io.EOF && inside:
			return orders, max(pages, 1), nil
		case foreign != nil:
			return nil, 0, foreign
		case err != nil:
			return nil, 0, errors.New("the shop's answer is no list of orders, or is cut off")
		}
		start, ok := token.(xml.StartElement)
		switch {
		case !ok:
			continue
		case !inside && start.Name.Local != "Orders":
			return nil, 0, errors.New("the shop answered with something else than orders: the address may be wrong")
		case !inside:
			inside = true
			for _, attr := range start.Attr {
				if attr.Name.Local == "pages" {
					pages, _ = strconv.Atoi(strings.TrimSpace(attr.Value))
				}
			}
		case start.Name.Local == "Order":
			var in order
			if err := d.DecodeElement(&in, &start); err != nil {
				return nil, 0, errors.New("the shop's answer is cut off, or is no XML")
			}
			orders = append(orders, s.order(in, len(orders)))
		}
	}
}

func looksLikePage(body []byte) bool {
	head := bytes.ToLower(body[:min(len(body), 512)])
	return bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<!doctype html"))
}

// clean drops what XML must not hold and carts send all the same.
func clean(body []byte) []byte {
	body = bytes.TrimPrefix(bytes.TrimSpace(body), []byte("\xef\xbb\xbf"))
	return bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, bytes.ToValidUTF8(body, []byte("�")))
}
