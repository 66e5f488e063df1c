package shopify

import (
	"strings"
	"testing"
)

// A file of which a row is missing, or is another's, is none: goods would be packed short.
func TestAFileHasAllItsRows(t *testing.T) {
	const order = `"order":{"id":"gid://shopify/Order/7","name":"#7"}`
	part := `{"id":"gid://shopify/FulfillmentOrder/70",` + order + `}`
	second := `{"id":"gid://shopify/FulfillmentOrder/71",` + order + `}`
	line := `{"id":"gid://shopify/FulfillmentOrderLineItem/%","sku":"CUP","remainingQuantity":2,"__parentId":"gid://shopify/FulfillmentOrder/70"}`
	a, b := strings.Replace(line, "%", "9", 1), strings.Replace(line, "%", "10", 1)
	got, err := assemble([]byte(strings.Join([]string{b, second, a, part}, "\n")), "4")
	if err != nil || len(got) != 1 || len(got[0].FulfillmentOrders.Nodes) != 2 {
		t.Fatal(got, err)
	}
	if f := got[0].FulfillmentOrders.Nodes[0]; own(f.ID) != "70" || len(f.LineItems.Nodes) != 2 || own(f.LineItems.Nodes[0].ID) != "9" {
		t.Errorf("%+v", f)
	}
	for what, rows := range map[string][]string{
		"a row is missing":      {part, a},
		"a parent is missing":   {second, a, b},
		"a row is there twice":  {part, part, a},
		"a row is cut off":      {part, a, b[:40]},
		"a part has no order":   {strings.Replace(part, order, `"order":null`, 1), a, b},
		"the order is no order": {strings.Replace(part, "Order/7\"", "Order/x\"", 1), a, b},
	} {
		if got, err := assemble([]byte(strings.Join(rows, "\n")), "3"); err == nil {
			t.Errorf("%s: %+v", what, got)
		}
	}
}
