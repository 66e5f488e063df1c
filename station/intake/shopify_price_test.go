package intake

import (
	"fmt"
	"strings"
	"testing"

	"packbench/station"
)

// The price of a line is what the customer paid for one unit: customs papers
// and slips take it.
func TestShopifyDiscounts(t *testing.T) {
	const header = "Name,Currency,Subtotal,Discount Code,Discount Amount,Total,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku," +
		"Lineitem requires shipping,Lineitem fulfillment status,Lineitem discount\n"
	for _, c := range []struct{ name, rows, want string }{
		{"none", "#1,EUR,36.30,,0.00,41.20,2,Mug,14.90,MUG,true,pending,0.00\n#1,,,,,,1,Tea,6.50,TEA,true,pending,0.00\n", "14.90 6.50"},
		{"of a line, off all its units", "#1,EUR,33.32,,0.00,38.22,2,Mug,14.90,MUG,true,pending,2.98\n#1,,,,,,1,Tea,6.50,TEA,true,pending,0\n", "13.41 6.50"},
		{"of the order, shared", "#1,EUR,32.67,TEN,3.63,37.57,2,Mug,14.90,MUG,true,pending,0\n#1,,,,,,1,Tea,6.50,TEA,true,pending,0\n", "13.41 5.85"},
		{"of both", "#1,EUR,29.99,TEN,3.33,34.89,2,Mug,14.90,MUG,true,pending,2.98\n#1,,,,,,1,Tea,6.50,TEA,true,pending,0\n", "12.07 5.85"},
		// A real order had 3 pieces, 34.90 each, among lines of 164.50 together.
		{"buy some, get some", "#1,EUR,53.91,WELCOME,110.59,53.91,3,Mask,34.90,MUG,true,pending,0\n#1,,,,,,2,Oil,29.90,TEA,true,pending,0\n", "11.44 9.80"},
		{"free shipping is no discount of goods", "#1,EUR,36.30,SHIP,4.90,36.30,2,Mug,14.90,MUG,true,pending,0\n#1,,,,,,1,Tea,6.50,TEA,true,pending,0\n", "14.90 6.50"},
		{"all of it", "#1,EUR,0.00,GIFT,14.90,0,1,Mug,14.90,MUG,true,pending,0\n", "0.00"},
		{"nothing costs anything", "#1,EUR,0.00,,0,0,1,Sample,0.00,MUG,true,pending,0\n", "0.00"},
		{"a free line", "#1,EUR,14.90,,0,19,1,Mug,14.90,MUG,true,pending,0\n#1,,,,,,1,Sample,6.50,TEA,true,pending,6.50\n", "14.90 0.00"},
		{"three for ten", "#1,EUR,10.00,,0,10,3,Mug,5.00,MUG,true,pending,5.00\n", "3.33"},
		{"what needs no packing has its share", "#1,EUR,18.00,TEN,2.00,18.00,1,Mug,10.00,MUG,true,pending,0\n#1,,,,,,1,Song,10.00,,false,pending,0\n", "9.00"},
		{"and what was sent before", "#1,EUR,18.00,TEN,2.00,18.00,1,Mug,10.00,MUG,true,pending,0\n#1,,,,,,1,Tea,10.00,TEA,true,fulfilled,0\n", "9.00"},
		{"no subtotal", "#1,EUR,,TEN,3.63,37.57,2,Mug,14.90,MUG,true,pending,0\n#1,,,,,,1,Tea,6.50,TEA,true,pending,0\n", "13.41 5.85"},
		{"no subtotal, the line's own in it", "#1,EUR,,TEN,2.98,37.57,2,Mug,14.90,MUG,true,pending,2.98\n#1,,,,,,1,Tea,6.50,TEA,true,pending,0\n", "13.41 6.50"},
		{"more than there is", "#1,EUR,,TEN,99.00,0,2,Mug,14.90,MUG,true,pending,0\n", "0.00"},
		{"a line without a price", "#1,EUR,18.00,TEN,2.00,18.00,1,Mug,10.00,MUG,true,pending,0\n#1,,,,,,1,Tea,,TEA,true,pending,\n", "10.00 0.00"},
		{"two currencies", "#1,EUR,18.00,TEN,2.00,18.00,1,Mug,10.00,MUG,true,pending,0\n#1,USD,,,,,1,Tea,10.00,TEA,true,pending,0\n", "10.00 10.00"},
		{"yen", "#1,JPY,900,TEN,100,900,3,Mug,333,MUG,true,pending,0\n#1,,,,,,1,Tea,1,TEA,true,pending,0\n", "300 1"},
	} {
		orders, rep := readOrders(t, header+c.rows, "orders_export.csv")
		if len(orders) != 1 || rep.Bad() != 0 || orders[0].Status != station.OrderOpen {
			t.Errorf("%s: %+v, %+v", c.name, orders, rep)
			continue
		}
		var got []string
		for _, l := range orders[0].Lines {
			got = append(got, l.Price.Decimal())
		}
		if have := strings.Join(got, " "); have != c.want {
			t.Errorf("%s: units cost %s, want %s", c.name, have, c.want)
		}
	}
}

// What the rest of an order cost cannot be known where a row of it is lost: no
// discount is shared then.
func TestShopifyDiscountOfAnOrderThatLostARow(t *testing.T) {
	orders, rep := readOrders(t, "Name,Currency,Subtotal,Discount Amount,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku\n"+
		"#1,EUR,8.00,2.00,1,Mug,10.00,MUG\n#1,,,,1,What,10.00,WHAT\n", "orders_export.csv")
	if len(orders) != 1 || len(rep.Rejected) != 1 || orders[0].Lines[0].Price != euro(1000) {
		t.Errorf("%+v, %+v", orders, rep.Rejected)
	}
}

func TestShopifyDiscountsThatCannotBe(t *testing.T) {
	for column, text := range map[string]string{
		"lineitem discount": "29.81", "lineitem discount ": "-1", "lineitem discount  ": "ten percent", "subtotal": "much", "lineitem price": "free", "lineitem price ": "-1", "discount amount": "-5",
	} {
		cells := map[string]string{"lineitem price": "14.90", "lineitem discount": "0", "subtotal": "29.80", "discount amount": "0"}
		cells[strings.TrimSpace(column)] = text
		orders, rep := readOrders(t, fmt.Sprintf("Name,Currency,Subtotal,Discount Amount,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount\n"+
			"#1,EUR,%s,%s,2,Mug,%s,MUG,%s\n#1,,,,1,Tea,6.50,TEA,0\n", cells["subtotal"], cells["discount amount"], cells["lineitem price"], cells["lineitem discount"]), "orders_export.csv")
		if len(rep.Rejected) != 1 || !strings.EqualFold(rep.Rejected[0].Column, strings.TrimSpace(column)) || len(orders) != 1 || orders[0].Status != station.OrderHeld {
			t.Errorf("%s %q: %+v, %+v", column, text, orders, rep)
		}
	}
}
