package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/station/gs1"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trace"
)

// The kinds of a code that are not GS1's.
const (
	kindCommand   gs1.Kind = "command"
	kindBadge     gs1.Kind = "badge"
	kindCarton    gs1.Kind = "carton"
	kindTrace     gs1.Kind = "trace"
	kindOrder     gs1.Kind = "order"
	kindAmbiguous gs1.Kind = "ambiguous"
)

// ownPrefix begins every code that the bench prints for itself.
const ownPrefix = "PB:"

// meaning is what a scan means, as it is printed.
type meaning struct {
	Input    string    `json:"input"`
	AIM      string    `json:"aim"`
	Kind     gs1.Kind  `json:"kind"`
	Elements []element `json:"elements"`
	GTIN     gs1.GTIN  `json:"gtin14"`
	SSCC     string    `json:"sscc"`
	Warnings []string  `json:"warnings"`
	Err      string    `json:"error,omitempty"`
}

type element struct {
	AI    string `json:"ai"`
	Value string `json:"value"`
}

func (m *meaning) invalid(format string, args ...any) {
	m.Kind, m.Err = gs1.KindInvalid, fmt.Sprintf(format, args...)
}

func (m *meaning) warn(format string, args ...any) {
	m.Warnings = append(m.Warnings, fmt.Sprintf(format, args...))
}

func (m *meaning) take(c gs1.Code) {
	m.Kind, m.GTIN, m.SSCC, m.Err = c.Kind, c.GTIN, c.SSCC, c.Err
	m.Warnings = append(m.Warnings, c.Warnings...)
	for _, e := range c.Elements {
		m.Elements = append(m.Elements, element{e.AI, e.Value})
	}
}

// barcodes answers scans; data is nil without a data folder.
type barcodes struct {
	*flags
	data *folder.Folder
}

func (b barcodes) answer(ctx context.Context, text string, tooLong bool) error {
	m := meaning{Input: clipped(text, 1000), Elements: []element{}, Warnings: []string{}}
	if err := b.decode(ctx, text, tooLong, &m); err != nil {
		return err
	}
	return b.print(m, "%s", m.words())
}

func (m meaning) words() string {
	words := []string{string(m.Kind)}
	if m.AIM != "" {
		words = append(words, "AIM "+m.AIM)
	}
	if m.GTIN != "" {
		words = append(words, "GTIN "+string(m.GTIN))
	}
	if m.SSCC != "" {
		words = append(words, "SSCC "+m.SSCC)
	}
	for _, e := range m.Elements {
		words = append(words, fmt.Sprintf("(%s) %q", e.AI, e.Value))
	}
	for _, w := range append(m.Warnings, m.Err) {
		if w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " · ")
}

// decode finds the one meaning of a code.
func (b barcodes) decode(ctx context.Context, text string, tooLong bool, m *meaning) error {
	text = strings.ReplaceAll(text, "<GS>", gs1.GS)
	aim, data := gs1.SplitAIM(text)
	m.AIM = aim
	if tooLong {
		m.invalid("the code is too long")
		return nil
	}
	if len(data) >= len(ownPrefix) && strings.EqualFold(data[:len(ownPrefix)], ownPrefix) {
		return b.own(ctx, data[len(ownPrefix):], m)
	}
	if is, err := b.trace(ctx, aim, data, m); is || err != nil {
		return err
	}
	code := gs1.Decode(aim, data)
	m.take(code)
	if text := strings.TrimSpace(data); b.data != nil && text != "" {
		return b.known(ctx, text, code.Numbers, m)
	}
	return nil
}

// own reads PB:<kind>:<value>.
func (b barcodes) own(ctx context.Context, own string, m *meaning) error {
	kind, value, _ := strings.Cut(own, ":")
	kind = strings.ToLower(kind)
	if value == "" {
		m.invalid("the bench's own code holds no value")
		return nil
	}
	switch kind {
	case "command":
		name, _, _ := strings.Cut(strings.ToLower(value), ":")
		m.Kind = kindCommand
		if !slices.Contains(pack.Commands, name) {
			m.invalid("there is no command %q", clipped(name, 40))
		}
	case "quantity", "answer":
		m.Kind = kindCommand
		if n, err := strconv.Atoi(value); err != nil || n < 1 {
			m.invalid("%q is not a number from 1", clipped(value, 40))
		}
	case "reason":
		m.Kind = kindCommand
	case "badge":
		m.Kind = kindBadge
	case "carton":
		m.Kind = kindCarton
		if b.data == nil {
			return nil
		}
		_, err := b.data.Store.Carton(ctx, value)
		if errors.Is(err, store.ErrUnknown) {
			m.warn("there is no carton %q in the data folder", clipped(value, 40))
			return nil
		}
		return err
	default:
		m.invalid("the bench has no own codes of kind %q", clipped(kind, 40))
	}
	return nil
}

// trace recognises trace codes: those of this bench where there is a data
// folder, else all that have the form.
func (b barcodes) trace(ctx context.Context, aim, data string, m *meaning) (bool, error) {
	domain := ""
	if b.data != nil {
		domain = b.data.Settings.GS1.Domain
	} else if link, err := url.Parse(data); err == nil {
		domain = link.Host
	}
	if !trace.Looks(domain, data) || b.data == nil && trace.Verify(nil, domain, data).Damaged {
		return false, nil // without a data folder every domain passes, and any shop's link may end in an s
	}
	if code := gs1.Decode(aim, data); code.Kind == gs1.KindDigitalLink {
		m.take(code)
	}
	m.Kind = kindTrace
	if b.data == nil {
		m.SSCC = trace.Verify(nil, domain, data).SSCC
		m.warn("unverified: without a data folder there is no key to check the signature with")
		return true, nil
	}
	r, err := b.data.VerifyCode(ctx, data)
	m.SSCC = r.SSCC
	if r.Verdict != trace.Genuine && err == nil {
		m.warn("%s: %s", r.Verdict, r.Reason)
	}
	return true, err
}

// known asks the data folder what else a code may mean (S5).
func (b barcodes) known(ctx context.Context, text string, numbers []gs1.GTIN, m *meaning) error {
	if person, err := b.data.PersonByBadge(ctx, text); err != nil {
		return err
	} else if person != nil {
		m.Kind, m.Err = kindBadge, ""
		return nil
	}
	skus, err := b.products(ctx, text, numbers)
	if err != nil {
		return err
	}
	orders, err := b.orders(ctx, text)
	if err != nil {
		return err
	}
	switch {
	case m.Kind != gs1.KindGTIN && m.Kind != gs1.KindPlain && m.Kind != gs1.KindInvalid:
		if len(skus) > 1 {
			m.warn("it stands for several products: %s", strings.Join(skus, ", "))
		}
	case len(orders) > 0 && (len(skus) > 0 || m.Kind == gs1.KindGTIN):
		m.Kind, m.Err = kindAmbiguous, ""
		m.warn("it is order %s and the code of a product", strings.Join(orders, ", "))
	case len(orders) > 1:
		m.Kind, m.Err = kindAmbiguous, ""
		m.warn("it stands for several orders: %s", strings.Join(orders, ", "))
	case len(orders) == 1:
		m.Kind, m.Err = kindOrder, ""
	case len(skus) > 1:
		m.Kind, m.Err = kindAmbiguous, ""
		m.warn("it stands for several products: %s", strings.Join(skus, ", "))
	case len(skus) == 1 && m.Kind == gs1.KindInvalid:
		m.warn("%s", m.Err)
		m.Kind, m.Err = gs1.KindPlain, ""
	}
	return nil
}

// products returns the SKUs that a code stands for.
func (b barcodes) products(ctx context.Context, text string, numbers []gs1.GTIN) ([]string, error) {
	db := b.data.Store
	hits, err := db.ProductsByCode(ctx, text)
	for _, number := range numbers {
		more, failed := db.ProductsByGTIN(ctx, string(number))
		hits, err = append(hits, more...), errors.Join(err, failed)
	}
	if err == nil && len(hits) == 0 {
		hits, err = db.ProductsByAlias(ctx, text)
	}
	if err != nil {
		return nil, err
	}
	var skus []string
	for _, h := range hits {
		skus = append(skus, h.SKU)
	}
	switch _, err := db.Product(ctx, text); {
	case err == nil:
		skus = append(skus, text)
	case !errors.Is(err, store.ErrUnknown):
		return nil, err
	}
	slices.Sort(skus)
	return slices.Compact(skus), nil
}

// orders returns the orders with this number.
func (b barcodes) orders(ctx context.Context, text string) ([]string, error) {
	if len(text) > 64 {
		return nil, nil
	}
	found, err := b.data.Store.OrdersCalled(ctx, text)
	var out []string
	for _, o := range found {
		out = append(out, cmp.Or(o.Name, o.ID))
	}
	return out, err
}

func clipped(text string, to int) string {
	if len(text) > to {
		return strings.ToValidUTF8(text[:to], "") + "…"
	}
	return text
}
