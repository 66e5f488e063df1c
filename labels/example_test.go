package labels_test

import (
	"fmt"

	"packbench/labels"
)

func ExampleShippingLabel() {
	printer := labels.Profile{Name: "label", DPI: 203, Paper: labels.Paper4x6()}
	layout, missing, err := labels.ShippingLabel(labels.Shipping{
		From:    labels.Address{Name: "Demo Shop", Street: "Sample Street 1", City: "Berlin", Postcode: "10115", Country: "DE"},
		To:      labels.Address{Name: "Erika Muster 🎁", Street: "Beispielweg 2", City: "Bremen", Postcode: "28195", Country: "DE"},
		Carrier: "Demo Parcel", Service: "Standard", SSCC: "340123450000000017", Order: "1001", Parcel: "1001-1",
	}, printer)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(layout.W, "×", layout.H, "dots, pages:", len(layout.Pages))
	for _, m := range missing {
		fmt.Println(m.Field, m.Text, m.Why)
	}
	// Output:
	// 812 × 1218 dots, pages: 1
	// recipient's name 🎁 no font can print this, a box stands for it
}
