package shopify

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"packbench/station/shop"
	"packbench/station/unit"
)

// transaction is money of an order that moved.
type transaction struct {
	ID, Kind, Status, Gateway string
	ParentTransaction         struct{ ID string }
	AmountSet                 amount
}

// payment is a part of a refund, of the payment that it goes back to.
type payment struct {
	Order   string `json:"orderId"`
	Parent  string `json:"parentId"`
	Gateway string `json:"gateway"`
	Kind    string `json:"kind"`
	Amount  string `json:"amount"`
}

// pay has the shop pay back an amount, once. A refund carries the key of what is owed in its
// note, by which it is found again; Shopify itself takes the same key once a day.
func (s *Shop) pay(ctx context.Context, b shop.Back) (shop.Told, error) {
	if b.Amount.Currency == "" || b.Amount.Minor <= 0 {
		return shop.Told{}, &shop.Refused{Say: "how much is owed is not known here: pay it in Shopify, and give this entry up"}
	}
	var got struct {
		Order *struct {
			CurrencyCode, PresentmentCurrencyCode string

			Refunds      []struct{ ID, Note string }
			Transactions []transaction
		}
	}
	err := s.ask(ctx, `query($id: ID!) { order(id: $id) { id currencyCode presentmentCurrencyCode refunds(first: 100) { id note } transactions(first: 100) { id kind status gateway parentTransaction { id } amountSet `+money+` } } }`,
		map[string]any{"id": gid("Order", b.Order)}, &got)
	switch {
	case err != nil:
		return shop.Told{}, err
	case got.Order == nil:
		return shop.Told{}, &shop.Gone{}
	}
	for _, r := range got.Order.Refunds {
		if strings.Contains(r.Note, markOf(b)) {
			return shop.Told{ID: own(r.ID), Paid: true}, nil
		}
	}
	if got.Order.CurrencyCode != got.Order.PresentmentCurrencyCode {
		return shop.Told{}, &shop.Refused{Say: fmt.Sprintf("the buyer paid in %s and the shop counts in %s: pay it in Shopify, and give this entry up", clip(got.Order.PresentmentCurrencyCode), clip(got.Order.CurrencyCode))}
	}
	if len(got.Order.Refunds) >= 100 || len(got.Order.Transactions) >= 100 {
		return shop.Told{}, &shop.Refused{Say: "the order has more payments than can be looked at: pay it in Shopify, and give this entry up"}
	}
	in := map[string]any{"orderId": gid("Order", b.Order), "note": "Return " + b.Return + " " + markOf(b), "notify": false}
	if b.Way == "credit" {
		sum := map[string]any{"amount": b.Amount.Decimal(), "currencyCode": b.Amount.Currency}
		in["refundMethods"] = []any{map[string]any{"storeCreditRefund": map[string]any{"amount": sum}}}
	} else if in["transactions"], err = spread(b, got.Order.Transactions); err != nil {
		return shop.Told{}, err
	}
	return s.refund(ctx, b, in)
}

func (s *Shop) refund(ctx context.Context, b shop.Back, in map[string]any) (shop.Told, error) {
	var got struct {
		RefundCreate struct {
			Refund     *struct{ ID string }
			UserErrors []userError
		}
	}
	err := s.tell(ctx, `mutation($in: RefundInput!, $key: String!) { refundCreate(input: $in) @idempotent(key: $key) { refund { id } userErrors { field message } } }`,
		map[string]any{"in": in, "key": key(s.id, b.Key, b.Way, b.Amount.String())}, &got)
	switch {
	case err != nil:
		return shop.Told{}, err
	case len(got.RefundCreate.UserErrors) > 0:
		return shop.Told{}, &shop.Refused{Say: clip(got.RefundCreate.UserErrors[0].Message)}
	case got.RefundCreate.Refund == nil:
		return shop.Told{}, errors.New("the shop does not say whether it paid")
	}
	return shop.Told{ID: own(got.RefundCreate.Refund.ID), Paid: true}, nil
}

// spread spreads an amount over the payments of an order, of what is left of each.
func spread(b shop.Back, all []transaction) (out []payment, err error) {
	left, need := map[string]int64{}, b.Amount.Minor
	for _, t := range all {
		sum := price(t.AmountSet)
		switch {
		case t.Status != "SUCCESS" && (t.Kind != "REFUND" || t.Status != "PENDING"):
		case sum.Currency != b.Amount.Currency:
			return nil, &shop.Refused{Say: fmt.Sprintf("the order was paid in %s, and %s is owed: pay it in Shopify, and give this entry up", clip(sum.Currency), b.Amount.Currency)}
		case t.Kind == "SALE" || t.Kind == "CAPTURE":
			left[t.ID] += sum.Minor
		case t.Kind == "REFUND":
			left[t.ParentTransaction.ID] -= sum.Minor
		}
	}
	for _, t := range all {
		if n := min(need, left[t.ID]); n > 0 {
			need, left[t.ID] = need-n, left[t.ID]-n
			out = append(out, payment{gid("Order", b.Order), t.ID, t.Gateway, "REFUND", unit.Money{Minor: n, Currency: b.Amount.Currency}.Decimal()})
		}
	}
	if need > 0 {
		return nil, &shop.Refused{Say: "less is left of what was paid for the order than is owed: pay it in Shopify, and give this entry up"}
	}
	return out, nil
}
