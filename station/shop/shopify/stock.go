package shopify

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/unit"
)

type inventoryItem struct {
	ID, SKU              string
	HarmonizedSystemCode string
	CountryCodeOfOrigin  string
	Measurement          struct {
		Weight *struct {
			Unit  string
			Value json.Number
		}
	}
	InventoryLevel *struct {
		Quantities []struct {
			Name     string
			Quantity int
		}
	}
}

// mostSKUs are asked for at once.
const mostSKUs = 20

// Levels returns how many the shop believes to have, where this bench packs. Of a SKU
// that several products share it returns nothing: no one of them is meant.
func (s *Shop) Levels(ctx context.Context, skus []string) ([]shop.Level, error) {
	at, err := s.stockPlace(ctx, "")
	if err != nil {
		return nil, err
	}
	var out []shop.Level
	for ; len(skus) > 0; skus = skus[min(mostSKUs, len(skus)):] {
		part := skus[:min(mostSKUs, len(skus))]
		items, err := s.items(ctx, part, at)
		if err != nil {
			return nil, err
		}
		for _, sku := range part {
			if i, ok := items[sku]; ok && len(i) == 1 && i[0].InventoryLevel != nil {
				l := shop.Level{SKU: sku, Place: at}
				for _, q := range i[0].InventoryLevel.Quantities {
					switch q.Name {
					case "available":
						l.Available = q.Quantity
					case "on_hand":
						l.OnHand = q.Quantity
					}
				}
				out = append(out, l)
			}
		}
	}
	return out, nil
}

// stockPlace is the number of the location whose stock is meant.
func (s *Shop) stockPlace(ctx context.Context, given string) (string, error) {
	if own(given) != "" {
		return own(given), nil
	}
	at, err := s.where(ctx)
	if err != nil {
		return "", err
	}
	if at.none != "" {
		return "", &shop.Refused{Say: at.none}
	}
	if at.id == "" {
		return "", &shop.Refused{Say: "the shop has no active location"}
	}
	return at.id, nil
}

// items finds inventory items by SKU. The search finds what is like it as well.
func (s *Shop) items(ctx context.Context, skus []string, at string) (map[string][]inventoryItem, error) {
	var terms []string
	for _, sku := range skus {
		terms = append(terms, `sku:"`+strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(sku)+`"`)
	}
	vars := map[string]any{"query": strings.Join(terms, " OR "), "at": gid("Location", at)}
	out := map[string][]inventoryItem{}
	found := list[inventoryItem]{PageInfo: pageInfo{HasNextPage: true, EndCursor: "first"}}
	err := rest(&found, func(after string) (list[inventoryItem], error) {
		if vars["after"] = after; after == "first" {
			delete(vars, "after")
		}
		var got struct{ InventoryItems list[inventoryItem] }
		err := s.ask(ctx, `query($query: String!, $at: ID!, $after: String) { inventoryItems(first: 50, after: $after, query: $query) { nodes { id sku inventoryLevel(locationId: $at) { quantities(names: ["available", "on_hand"]) { name quantity } } } pageInfo { hasNextPage endCursor } } }`, vars, &got)
		return got.InventoryItems, err
	})
	for _, i := range found.Nodes {
		out[i.SKU] = append(out[i.SKU], i)
	}
	return out, err
}

// reasons are the bench's words for a correction, in Shopify's.
var reasons = map[string]string{"counted": "cycle_count_available", "damaged": "damaged", "returned": "restock", "found": "correction", "corrected": "correction"}

// Correct changes a number by a difference. Shopify makes a change with the same key
// and the same input once, for a day or so, and refuses the same key with another; the
// key here is of all of it, so that what was refused as stale can be asked again.
func (s *Shop) Correct(ctx context.Context, c shop.Correction) error {
	at, err := s.stockPlace(ctx, c.Place)
	if err != nil {
		return err
	}
	if c.Delta == 0 {
		return nil
	}
	items, err := s.items(ctx, []string{c.SKU}, at)
	if err != nil {
		return err
	}
	switch found := items[c.SKU]; {
	case len(found) == 0:
		return &shop.Refused{Say: fmt.Sprintf("the shop sells no product with the SKU %s", clip(c.SKU))}
	case len(found) > 1:
		return &shop.Refused{Say: fmt.Sprintf("%d products of the shop have the SKU %s: give each its own", len(found), clip(c.SKU))}
	}
	in := map[string]any{
		"name": "available", "reason": cmp.Or(reasons[c.Reason], "correction"), "referenceDocumentUri": "logistics://packbench/correction/" + key(s.id, c.Key),
		"changes": []any{map[string]any{
			"inventoryItemId": items[c.SKU][0].ID, "locationId": gid("Location", at), "delta": c.Delta, "changeFromQuantity": c.Seen,
		}},
	}
	var got struct {
		InventoryAdjustQuantities struct{ UserErrors []userError }
	}
	err = s.tell(ctx, `mutation($in: InventoryAdjustQuantitiesInput!, $key: String!) { inventoryAdjustQuantities(input: $in) @idempotent(key: $key) { inventoryAdjustmentGroup { id } userErrors { field message code } } }`,
		map[string]any{"in": in, "key": key(s.id, c.Key, c.SKU, at, fmt.Sprint(c.Delta), fmt.Sprint(c.Seen))}, &got)
	if err != nil {
		return err
	}
	switch errs := got.InventoryAdjustQuantities.UserErrors; {
	case len(errs) == 0:
		return nil
	case errs[0].Code == "CHANGE_FROM_QUANTITY_STALE":
		return &shop.Changed{Say: fmt.Sprintf("there are no longer %d of %s available", c.Seen, clip(c.SKU))}
	default:
		return &shop.Refused{Say: clip(errs[0].Message)}
	}
}

// key makes a UUID of some texts, the same of the same.
func key(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	b := h.Sum(nil)[:16]
	b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80 // version 8: made of a hash of one's own
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

type variant struct {
	ID, SKU, Barcode, Title string
	Product                 struct{ Title string }
	InventoryItem           inventoryItem
}

type productCursor struct {
	Since time.Time `json:"since,omitzero"`
	Until time.Time `json:"until,omitzero"`
	After string    `json:"after,omitempty"`
}

// Products returns variants that changed: each is a product of the bench.
func (s *Shop) Products(ctx context.Context, since shop.Cursor) (out shop.Products, err error) {
	ctx, end := s.list(ctx, "products "+string(since))
	defer func() { end(err) }()
	var c productCursor
	if json.Unmarshal([]byte(since), &c) != nil {
		c = productCursor{}
	}
	vars := map[string]any{"first": 50}
	if c.After != "" {
		vars["after"] = c.After
	}
	if !c.Since.IsZero() {
		vars["query"] = "updated_at:>='" + c.Since.Add(-overlap).UTC().Format(time.RFC3339) + "'"
	}
	var got struct{ ProductVariants list[variant] }
	err = s.ask(ctx, `query($first: Int!, $after: String, $query: String) { productVariants(first: $first, after: $after, query: $query, sortKey: ID) { nodes { id sku barcode title product { title } inventoryItem { id harmonizedSystemCode countryCodeOfOrigin measurement { weight { unit value } } } } pageInfo { hasNextPage endCursor } } }`, vars, &got)
	if err != nil {
		return shop.Products{}, err
	}
	if c.Until.IsZero() {
		c.Until = s.asOf(ctx).Add(-behind)
	}
	for _, v := range got.ProductVariants.Nodes {
		out.Products = append(out.Products, v.product())
	}
	if info := got.ProductVariants.PageInfo; info.HasNextPage && info.EndCursor != "" && info.EndCursor != c.After {
		c.After, out.More = info.EndCursor, true
	} else {
		c = productCursor{Since: c.Until}
	}
	data, _ := json.Marshal(c)
	out.Next = shop.Cursor(data)
	return out, nil
}

func (v variant) product() station.Product {
	p := station.Product{SKU: strings.TrimSpace(v.SKU), Name: strings.TrimSpace(v.Product.Title)}
	if p.SKU == "" {
		p.SKU = nameless(v.ID)
	}
	if t := strings.TrimSpace(v.Title); t != "" && t != "Default Title" {
		p.Name = strings.TrimSpace(p.Name + " " + t)
	}
	if code := strings.TrimSpace(v.Barcode); code != "" {
		p.Barcodes = []station.Barcode{{Code: code, Factor: 1}}
	}
	i := v.InventoryItem
	if w := i.Measurement.Weight; w != nil {
		name := map[string]string{"GRAMS": "g", "KILOGRAMS": "kg", "OUNCES": "oz", "POUNDS": "lb"}[w.Unit]
		if m, err := unit.MassOf(w.Value.String(), name); err == nil && m > 0 {
			p.Mass = m
		}
	}
	p.Origin = i.CountryCodeOfOrigin
	if code := strings.NewReplacer(".", "", " ", "").Replace(i.HarmonizedSystemCode); len(code) >= 6 && len(code) <= 10 && strings.Trim(code, "0123456789") == "" {
		p.HSCode = code
	}
	return p
}
