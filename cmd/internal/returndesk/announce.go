package returndesk

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/cmd/internal/lookup/sent"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/returns"
)

// What a file of announcements may be: a form that somebody filled in, and no more.
const (
	mostBytes = 1 << 20
	mostLines = 1000
)

// Notice is what a buyer says will come back.
type Notice struct {
	Order string     `json:"order"`
	Way   string     `json:"way"`
	Lines []Returned `json:"lines"`
}

// Returned is one line of a notice.
type Returned struct {
	SKU    string `json:"sku"`
	Qty    int    `json:"qty"`
	Reason string `json:"reason"`
}

// ReadNotices reads a file of announcements: JSON, one object or a list of them, or CSV with
// the columns order, sku, qty, reason and way. What a buyer wrote stands in it: nothing of
// it but codes is kept, so that no formula comes to a sheet.
func ReadNotices(r io.Reader) ([]Notice, error) {
	text, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err != nil {
		return nil, err
	}
	if len(text) > mostBytes {
		return nil, fmt.Errorf("the file is longer than %d kB: that is no announcement", mostBytes>>10)
	}
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff")))
	var out []Notice
	switch {
	case len(text) == 0:
		return nil, errors.New("the file is empty")
	case text[0] == '[':
		err = inWords(json.Unmarshal(text, &out))
	case text[0] == '{':
		out = make([]Notice, 1)
		err = inWords(json.Unmarshal(text, &out[0]))
	default:
		out, err = readCSV(text)
	}
	lines := 0
	for _, n := range out {
		lines += len(n.Lines)
	}
	if err == nil && lines > mostLines {
		err = fmt.Errorf("%d lines are too many: at most %d in one file", lines, mostLines)
	}
	if err == nil && lines == 0 {
		err = errors.New("no line says what comes back")
	}
	return out, err
}

// inWords says what is wrong with JSON, without a word of what a buyer wrote in it.
func inWords(err error) error {
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrong) && strings.HasSuffix(wrong.Field, "qty"):
		return errors.New("qty: a whole number is needed, without quotes")
	case errors.As(err, &wrong) && wrong.Field != "":
		return fmt.Errorf("%s: it may not be a JSON %s", wrong.Field, strings.Fields(wrong.Value)[0])
	case errors.As(err, &wrong):
		return errors.New("it is no announcement: an object with order and lines is needed, or a list of them")
	}
	return errors.New("it is no JSON, or was cut off")
}

func readCSV(text []byte) (out []Notice, err error) {
	r := csv.NewReader(bufio.NewReader(bytes.NewReader(text)))
	if first, _, _ := bytes.Cut(text, []byte("\n")); bytes.Count(first, []byte(";")) > bytes.Count(first, []byte(",")) {
		r.Comma = ';'
	}
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return nil, err
	}
	for i := range head {
		head[i] = strings.ToLower(strings.TrimSpace(head[i]))
	}
	for _, want := range []string{"order", "sku", "qty"} {
		if !slices.Contains(head, want) {
			return nil, fmt.Errorf("the column %s is missing", want)
		}
	}
	for n := 2; ; n++ {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if n > mostLines+1 {
			return nil, fmt.Errorf("the file has more than %d lines: that is no announcement", mostLines)
		}
		of := func(name string) string {
			if i := slices.Index(head, name); i >= 0 && i < len(row) {
				return strings.TrimSpace(row[i])
			}
			return ""
		}
		qty, err := strconv.Atoi(of("qty"))
		if err != nil {
			return nil, fmt.Errorf("line %d, qty: a whole number is needed", n)
		}
		i := slices.IndexFunc(out, func(o Notice) bool { return o.Order == of("order") })
		if i < 0 {
			i, out = len(out), append(out, Notice{Order: of("order"), Way: of("way")})
		}
		out[i].Lines = append(out[i].Lines, Returned{of("sku"), qty, of("reason")})
	}
}

// Answer is what the policy says of a notice: the returns that were announced, one for each
// parcel, or why none was.
type Answer struct {
	Order   string              `json:"order"`
	Returns []returns.Announced `json:"returns,omitempty"`
	Refused string              `json:"refused,omitempty"`
}

// Announce takes what a buyer says will come back, where the policy lets it: the days, the
// goods, and no more than was sent and has not come back. A notice is taken whole or not at
// all.
func (d Desk) Announce(ctx context.Context, who station.Person, n Notice) (Answer, error) {
	out := Answer{Order: n.Order}
	if err := d.Rights().May(who, people.Owed); err != nil {
		return out, err
	}
	err := d.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		out.Returns, out.Refused = nil, ""
		parcels, err := d.parcelsOf(ctx, n.Order)
		if err != nil {
			return nil, nil, err
		}
		if out.Refused = d.shares(parcels, n, who, &out.Returns); out.Refused != "" {
			return nil, nil, nil
		}
		facts := make([]pack.Fact, len(out.Returns))
		for i, f := range out.Returns {
			facts[i] = f
		}
		return out.Returns[0], facts, nil
	})
	if err != nil || out.Refused != "" {
		out.Returns = nil
	}
	return out, errors.Join(err, d.Store.CatchUp(ctx))
}

// parcelsOf are the parcels of an order that left, by what people call it.
func (d Desk) parcelsOf(ctx context.Context, called string) ([]pack.Sent, error) {
	orders, err := d.Store.OrdersCalled(ctx, called)
	if err != nil {
		return nil, err
	}
	c := sent.Code{Data: called}
	c.Found.Orders = orders
	if len(orders) == 0 {
		return nil, nil
	}
	all, _, err := d.finder().Named(ctx, c)
	return all, err
}

// shares says from which parcels the lines of a notice come back, or why they may not.
func (d Desk) shares(parcels []pack.Sent, n Notice, who station.Person, to *[]returns.Announced) (refused string) {
	now, rules := d.Clock(), d.Settings.Returns
	way := cmp.Or(returns.Way(n.Way), returns.Refund)
	if !slices.Contains(returns.Ways(), way) {
		return "the way is none of refund, exchange, credit"
	}
	if len(parcels) == 0 {
		return "nothing of this order left here"
	}
	for _, l := range n.Lines {
		left := l.Qty
		if l.Qty < 1 || l.Qty > 10_000 {
			return "how many come back must be a number above 0"
		}
		if !rules.Takes(l.SKU) {
			return fmt.Sprintf("%s is not taken back", clip(l.SKU))
		}
		late, there := false, false
		for _, s := range parcels {
			for i := range s.Lines {
				of := &s.Lines[i]
				if !strings.EqualFold(of.SKU, l.SKU) {
					continue
				}
				there = true
				if rules.Days > 0 && now.After(s.Closed.AddDate(0, 0, rules.Days)) {
					late = true
					continue
				}
				if take := min(left, of.Left()-of.Comes); take > 0 {
					left -= take
					of.Comes += take
					announce(to, s, returns.Comes{Line: of.Line, SKU: of.SKU, Qty: of.Comes, Reason: code(l.Reason)}, returns.Announced{Way: way, Payer: rules.Payer, At: now.UTC().Truncate(time.Second), By: who.ID})
				}
			}
		}
		switch {
		case !there:
			return fmt.Sprintf("%s was not in this order", clip(l.SKU))
		case left > 0 && late:
			return fmt.Sprintf("the %d days for a return are over", rules.Days)
		case left > 0:
			return fmt.Sprintf("%d × %s are more than were sent and have not come back", l.Qty, clip(l.SKU))
		}
	}
	return ""
}

// announce puts a line to the return of its parcel.
func announce(to *[]returns.Announced, s pack.Sent, c returns.Comes, like returns.Announced) {
	i := slices.IndexFunc(*to, func(a returns.Announced) bool { return a.SSCC == s.SSCC })
	if i < 0 {
		like.Return, like.Order, like.Parcel, like.SSCC = s.Return, s.Order, s.Parcel, s.SSCC
		*to, i = append(*to, like), len(*to)
	}
	a := &(*to)[i]
	if j := slices.IndexFunc(a.Comes, func(o returns.Comes) bool { return o.Line == c.Line }); j >= 0 {
		a.Comes[j].Qty = c.Qty
		return
	}
	a.Comes = append(a.Comes, c)
}

// code keeps a reason that is a code; a buyer's own words are kept nowhere.
func code(reason string) string {
	if people.IsReason(reason) {
		return reason
	}
	return ""
}

func clip(sku string) string {
	if r := []rune(sku); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return sku
}
