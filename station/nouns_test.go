package station_test

import (
	"encoding/json"
	"testing"

	"packbench/station"
)

// Products and orders that were kept before there were customs data read as
// ever, and an import of the same file finds them unchanged: their bytes are
// the same.
func TestOldRowsStayTheSame(t *testing.T) {
	for _, c := range []struct {
		old string
		to  any
	}{
		{`{"SKU":"MUG","Name":"Mug","Barcodes":null,"Aliases":null,"Mass":1,"Size":{"w":0,"l":0,"d":0},"Fragile":false,"Upright":false,"Count":false,"Picture":""}`, &station.Product{}},
		{`{"ID":"1","SKU":"MUG","Qty":2,"Kind":"goods","Text":"","Bin":""}`, &station.Line{}},
	} {
		if err := json.Unmarshal([]byte(c.old), c.to); err != nil {
			t.Fatal(err)
		}
		if got, err := json.Marshal(c.to); err != nil || string(got) != c.old {
			t.Errorf("kept %s\nwritten again %s, %v", c.old, got, err)
		}
	}
}
