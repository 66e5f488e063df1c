package intake

import (
	"testing"

	"packbench/station"
)

// The best name of a column counts, wherever it stands: a product's name is no
// recipient, and another word for a number no number where there is one.
func TestTheBestNameOfAColumnCounts(t *testing.T) {
	for head, want := range map[string]string{
		"order,product,sku,qty\n1,WHITE,MUG,1\n":                                                          "MUG//",
		"order,sku,product,qty\n1,MUG,WHITE,1\n":                                                          "MUG//",
		"Order Number,SKU,Name,Quantity,Recipient,Address,City\n1,MUG,Blue mug,1,Ann Test,Weg 1,Berlin\n": "MUG/Ann Test/Weg 1",
		"Order Number,Recipient,SKU,Name,Quantity,Address,City\n1,Ann Test,MUG,Blue mug,1,Weg 1,Berlin\n": "MUG/Ann Test/Weg 1",
		"Order Number,SKU,Quantity,Name,Ship to,Address,City\n1,MUG,1,Blue mug,Ann Test,Weg 1,Berlin\n":   "MUG/Ann Test/Weg 1",
		"order,sku,name,colour,qty,street,city\n1,MUG,Blue mug,blue,1,Weg 1,Berlin\n":                     "MUG//Weg 1",
		"order,customer,sku,name,qty,street,city\n1,Ann Test,MUG,Blue mug,1,Weg 1,Berlin\n":               "MUG/Ann Test/Weg 1",
		"order,sku,qty,name,street,city\n1,MUG,1,Ann Test,Weg 1,Berlin\n":                                 "MUG/Ann Test/Weg 1",
		"order,name,sku,qty,street,city\n1,Ann Test,MUG,1,Weg 1,Berlin\n":                                 "MUG/Ann Test/Weg 1",
		"order,sku,qty,name,address,shipping street,city\n1,MUG,1,Ann Test,Billing 9,Weg 1,Berlin\n":      "MUG/Ann Test/Weg 1",
		"order,sku,qty,recipient,name,name,street,city\n1,MUG,1,Ann Test,Blue mug,blue,Weg 1,Berlin\n":    "MUG/Ann Test/Weg 1",
	} {
		orders, rep := readOrders(t, head, "o.csv")
		if len(orders) != 1 || len(orders[0].Lines) != 1 || orders[0].Lines[0].Qty != 1 {
			t.Errorf("%q: %+v, %+v", head, orders, rep)
			continue
		}
		if got := orders[0].Lines[0].SKU + "/" + orders[0].To.Name + "/" + orders[0].To.Street; got != want {
			t.Errorf("%q: %s, not %s", head, got, want)
		}
	}
}

// The apostrophe of a name is a letter; before a number it is a spreadsheet's
// mark of a text.
func TestTheApostropheOfANameStays(t *testing.T) {
	orders, _ := readOrders(t, addressed+"'0012,MUG,1,'t Hooft Jan,'=1+1,'t Veld 1,'s-Gravenhage,2511CV,NL\n", "o.csv")
	if len(orders) != 1 {
		t.Fatal(orders)
	}
	o := orders[0]
	if got := o.ID + "/" + o.To.Name + "/" + o.To.Company + "/" + o.To.Street + "/" + o.To.City + "/" + o.To.Postcode; got != "0012/'t Hooft Jan/=1+1/'t Veld 1/'s-Gravenhage/2511 CV" {
		t.Error(got)
	}
}

// TestANumberOfTwoCustomers is held: nobody says which goods are whose. One that is
// spelled otherwise on a row of it is no other customer.
func TestANumberOfTwoCustomers(t *testing.T) {
	head := "order,sku,qty,name,street,postcode,city,country\n7,MUG,1,Ann,Lane 1,10115,Berlin,DE\n"
	for row, held := range map[string]bool{
		"7,TEA,1,Bob,Road 9,20095,Hamburg,DE":  true,
		"7,TEA,1,Bob,,,,":                      true,
		"7,TEA,1,Ann,Road 9,20095,Hamburg,DE":  true,
		"7,TEA,1,,,,,":                         false,
		"7,TEA,1,ANN,Lane  1,10115,berlin,DE":  false,
		"7,TEA,1,Ann B,Lane 1,10115,Berlin,DE": false,
	} {
		orders, rep := readOrders(t, head+row+"\n", "o.csv")
		if len(orders) != 1 || (orders[0].Status == station.OrderHeld) != held || (rep.Bad() == 1) != held {
			t.Errorf("%s: %+v, %+v", row, orders, rep.Rejected)
		}
	}
}
