package shopifysim

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// kept is what was answered to a key of @idempotent.
type kept struct {
	input   string
	answer  any
	at      time.Time
	working bool
}

// keyLife is how long a key is known: a guess, the real one is not documented.
const keyLife = 24 * time.Hour

// idempotent runs a mutation once for a key that stands at its field.
func (s *Sim) idempotent(x *execution, op operation, name string, do func(args) (any, *problem)) resolver {
	return func(a args) (any, *problem) {
		key := ""
		for _, sel := range x.flat(op.sel) {
			if sel.name == name {
				key = x.args(sel.directives["idempotent"]).text("key")
			}
		}
		if strings.TrimSpace(key) == "" {
			return nil, coded("BAD_REQUEST", "The @idempotent directive is required for this mutation but was not provided.")
		}
		input, _ := json.Marshal(map[string]any{name: map[string]any(a)})
		if was, ok := s.keys[key]; ok && s.clock().Sub(was.at) < keyLife {
			switch {
			case was.working:
				return nil, coded("IDEMPOTENCY_CONCURRENT_REQUEST", "A request with this idempotency key is being processed.")
			case was.input != string(input):
				return nil, coded("IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "The idempotency key was used with other parameters.")
			}
			return was.answer, nil
		}
		v, p := do(a)
		if p == nil {
			s.keys[key] = kept{input: string(input), answer: v, at: s.clock()}
		}
		return v, p
	}
}

// Working has a key be in use by a request that has no answer yet, or not any longer.
func (s *Sim) Working(key string, yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if delete(s.keys, key); yes {
		s.keys[key] = kept{working: true, at: s.clock()}
	}
}

func (s *Sim) adjust(a args) (any, *problem) {
	return s.quantities("inventoryAdjustQuantities", "InventoryChangeInput", "changes", a.object("input"), func(lv *level, c args) int { return c.number("delta") })
}

func (s *Sim) set(a args) (any, *problem) {
	in := a.object("input")
	if _, old := in["ignoreCompareQuantity"]; old {
		return nil, coded("INVALID_VARIABLE", "Variable $input of type InventorySetQuantitiesInput! was provided invalid value for ignoreCompareQuantity (Field is not defined on InventorySetQuantitiesInput)")
	}
	return s.quantities("inventorySetQuantities", "InventoryQuantityInput", "quantities", in, func(lv *level, c args) int { return c.number("quantity") - lv.available })
}

type move struct {
	v     *variant
	place *location
	n     int
}

// quantities changes all of a list, or nothing.
func (s *Sim) quantities(kind, input, field string, in args, delta func(*level, args) int) (any, *problem) {
	no := func(i int, what, code, message string) (any, *problem) {
		e := object{"__typename": "InventoryUserError", "field": []string{"input", field, fmt.Sprint(i), what}, "message": message, "code": code}
		return payload(kind, "inventoryAdjustmentGroup", nil, []object{e}), nil
	}
	var moves []move
	for i, c := range in.list(field) {
		if _, given := c["changeFromQuantity"]; !given {
			return nil, coded("INVALID_FIELD_ARGUMENTS", input+" must include the following argument: changeFromQuantity.")
		}
		v, l := s.stocked(c.text("inventoryItemId"), c.text("locationId"))
		switch {
		case v == nil:
			return no(i, "inventoryItemId", "INVALID_INVENTORY_ITEM", "The specified inventory item could not be found.")
		case l == nil:
			return no(i, "locationId", "INVALID_LOCATION", "The specified location could not be found.")
		case v.levels[l.id] == nil:
			return no(i, "locationId", "ITEM_NOT_STOCKED_AT_LOCATION", "The specified inventory item is not stocked at the location.")
		}
		lv := v.levels[l.id]
		if c["changeFromQuantity"] != nil && c.number("changeFromQuantity") != lv.available {
			return no(i, "changeFromQuantity", "CHANGE_FROM_QUANTITY_STALE", "The specified changeFromQuantity does not match the current quantity.")
		}
		moves = append(moves, move{v, l, delta(lv, c)})
	}
	var changes []object
	for _, m := range moves {
		m.v.levels[m.place.id].available += m.n
		for _, name := range []string{"available", "on_hand"} {
			if m.n != 0 {
				changes = append(changes, object{
					"__typename": "InventoryChange", "name": name, "delta": m.n, "quantityAfterChange": nil,
					"item": object{"__typename": "InventoryItem", "id": gid("InventoryItem", m.v.item)}, "location": m.place.object(),
				})
			}
		}
	}
	if len(changes) == 0 {
		return payload(kind, "inventoryAdjustmentGroup", nil, nil), nil
	}
	made := object{
		"__typename": "InventoryAdjustmentGroup", "id": gid("InventoryAdjustmentGroup", s.id()), "createdAt": stamp(s.clock()), "reason": in.text("reason"),
		"referenceDocumentUri": orNil(in.text("referenceDocumentUri")), "changes": changes,
	}
	return payload(kind, "inventoryAdjustmentGroup", made, nil), nil
}

func (s *Sim) stocked(item, place string) (*variant, *location) {
	var v *variant
	var l *location
	n, _ := idOf(item, "InventoryItem")
	for _, have := range s.variants {
		if have.item == n {
			v = have
		}
	}
	n, _ = idOf(place, "Location")
	for _, have := range s.locations {
		if have.id == n {
			l = have
		}
	}
	return v, l
}
