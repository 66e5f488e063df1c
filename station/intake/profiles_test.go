package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"packbench/station"
)

// asRead writes what was read of an order: enough to see that every column was taken
// for what it is.
func asRead(o station.Order) string {
	var parts []string
	for _, l := range o.Lines {
		switch {
		case l.Kind == station.Note:
			parts = append(parts, "note "+l.Text)
		case l.Price.Currency != "":
			parts = append(parts, fmt.Sprintf("%s×%d at %s", l.SKU, l.Qty, l.Price))
		default:
			parts = append(parts, fmt.Sprintf("%s×%d", l.SKU, l.Qty))
		}
	}
	state := string(o.Status)
	if o.Status != station.OrderOpen {
		state += ", " + o.Reason
	}
	by := ""
	if !o.ShipBy.IsZero() {
		by = " by " + o.ShipBy.Format("2006-01-02")
	}
	shop := ""
	if o.Shop != "" {
		shop = " of " + o.Shop
	}
	return fmt.Sprintf("%s%s (%s) to %s, %s, %s %s %s%s: %s", o.Called(), shop, state, o.To.Name, o.To.Street, o.To.Postcode, o.To.City, o.To.Country, by, strings.Join(parts, "; "))
}

// TestEachKindOfFile: every kind of file that is known is read in the form that its
// shop or tool writes, and what is cancelled, unpaid, refunded or sent in it never
// comes in open.
func TestEachKindOfFile(t *testing.T) {
	type file struct {
		kind, name, text string
		want             []string
	}
	for _, f := range []file{
		{"Shopify orders", "o.csv", `Name,Email,Financial Status,Fulfillment Status,Currency,Subtotal,Total,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem fulfillment status,Shipping Name,Shipping Street,Shipping Address1,Shipping City,Shipping Zip,Shipping Country,Notes,Cancelled at,Id,Risk Level
#1,a@example.com,paid,unfulfilled,EUR,30,30,DHL,2026-09-16 09:12:00 +0200,2,Mug,10,MUG,true,pending,Sample A,Weg 1,Weg 1,Ort,'01067,DE,ring twice,,11,Low
#1,,,,,,,,2026-09-16 09:12:00 +0200,1,Tea,10,TEA,true,pending,,,,,,,,,,
#2,,partially_refunded,unfulfilled,EUR,10,10,,2026-09-16 09:12:00 +0200,1,Mug,10,MUG,true,pending,Sample B,,Weg 2,Ort,10115,DE,,,12,
#3,,expired,unfulfilled,EUR,10,10,,2026-09-16 09:12:00 +0200,1,Mug,10,MUG,true,pending,Sample C,,Weg 3,Ort,10115,DE,,,13,
#4,,,,,,,,2026-09-16 09:12:00 +0200,1,Mug,10,MUG,true,pending,,,,,,,,,14,
#5,,paid,partial,EUR,20,20,,2026-09-16 09:12:00 +0200,1,Mug,10,MUG,true,fulfilled,Sample E,,Weg 5,Ort,10115,DE,,,15,
#5,,,,,,,,2026-09-16 09:12:00 +0200,1,Tea,10,TEA,true,pending,,,,,,,,,,
`, []string{
			"1 of shopify (open) to Sample A, Weg 1, 01067 Ort DE: note ring twice; MUG×2 at 10.00 EUR; TEA×1 at 10.00 EUR",
			"2 of shopify (held, payment: partially_refunded) to Sample B, Weg 2, 10115 Ort DE: MUG×1 at 10.00 EUR",
			"3 of shopify (held, payment: expired) to Sample C, Weg 3, 10115 Ort DE: MUG×1 at 10.00 EUR",
			"4 of shopify (held, the file does not say whether it is paid) to , ,   : MUG×1 at 10.00 EUR",
			"5 of shopify (open) to Sample E, Weg 5, 10115 Ort DE: TEA×1 at 10.00 EUR",
		}},
		{"Squarespace orders", "o.csv", `Order ID,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem variant,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Country,Cancelled at
00001,,PAID,,pending,USD,20,20,7/25/2018 21:06,1,Mug,10,MUG,,Sample A,1 Road,Town,01234,United States,
00001,,,,,,,,,2,Tea,5,TEA,,,,,,,
00002,,REFUNDED,,canceled,USD,10,10,7/26/2018 21:06,1,Mug,10,MUG,,Sample B,2 Road,Town,01234,United States,7/26/2018 22:06
00003,,PAID,,fulfilled,USD,10,10,2018-07-26 21:06:00 -0400,1,Mug,10,MUG,,Sample C,3 Road,Town,01234,United States,
00004,,PENDING,,pending,USD,10,10,7/26/2018 21:06,1,Mug,10,MUG,,Sample D,4 Road,Town,01234,United States,
`, []string{
			"00001 of squarespace (open) to Sample A, 1 Road, 01234 Town US: MUG×1 at 10.00 USD; TEA×2 at 5.00 USD",
			"00002 of squarespace (cancelled, cancelled in the shop) to Sample B, 2 Road, 01234 Town US: MUG×1 at 10.00 USD",
			"00003 of squarespace (done, fulfilled in the shop) to Sample C, 3 Road, 01234 Town US: MUG×1 at 10.00 USD",
			"00004 of squarespace (held, payment: PENDING) to Sample D, 4 Road, 01234 Town US: MUG×1 at 10.00 USD",
		}},
		{"Wix orders", "o.csv", `"Order number","Date created","Time","Fulfill by","Item","SKU","Qty","Quantity refunded","Price","Recipient name","Delivery country","Delivery city","Delivery address","Delivery zip/postal code","Billing name","Delivery country","Delivery city","Delivery address","Delivery zip/postal code","Payment status","Total","Currency","Fulfillment status"
"1","Dec 8, 2024","9:15:51 AM","Dec 10, 2024","Mug","MUG","2","1","19.99","Sample A","DEU","Berlin","Weg 1","12345","Sample A","FRA","Paris","Rue 9","75008","Paid","39.98","EUR","Unfulfilled"
"2","Dec 8, 2024","9:15:51 AM","","Mug","MUG","1","0","19.99","Sample B","DEU","Berlin","Weg 2","12345","","","","","","Unpaid","19.99","EUR","Unfulfilled"
"3","Dec 8, 2024","9:15:51 AM","","Mug","MUG","1","1","19.99","Sample C","DEU","Berlin","Weg 3","12345","","","","","","Paid","19.99","EUR","Unfulfilled"
"4","Dec 8, 2024","9:15:51 AM","","Mug","MUG","1","0","19.99","Sample D","DEU","Berlin","Weg 4","12345","","","","","","Paid","19.99","EUR","Fulfilled"
`, []string{
			"1 of wix (open) to Sample A, Weg 1, 12345 Berlin DE by 2024-12-10: MUG×1 at 19.99 EUR",
			"2 of wix (held, payment: Unpaid) to Sample B, Weg 2, 12345 Berlin DE: MUG×1 at 19.99 EUR",
			"3 of wix (done, nothing of it needs packing) to Sample C, Weg 3, 12345 Berlin DE: ",
			"4 of wix (done, fulfilled in the shop) to Sample D, Weg 4, 12345 Berlin DE: MUG×1 at 19.99 EUR",
		}},
		{"WooCommerce orders (Advanced Order Export)", "o.csv", `Order Number,Order Status,Order Date,Customer Note,First Name (Billing),First Name (Shipping),Last Name (Shipping),Address 1&2 (Shipping),City (Shipping),Postcode (Shipping),Country Code (Shipping),Item #,SKU,Name,Quantity,Quantity (- Refund),Item Cost,Order Total Amount
1,Processing,2026-09-16 19:28,quickly,Bill,Sample,A,1 Road,Town,01234,US,1,MUG,Mug,2,1,10,
1,Processing,2026-09-16 19:28,quickly,Bill,Sample,A,1 Road,Town,01234,US,2,TEA,Tea,1,1,5,
2,Pending payment,2026-09-16 19:28,,Bill,Sample,B,2 Road,Town,01234,US,1,MUG,Mug,1,1,10,
3,Refunded,2026-09-16 19:28,,Bill,Sample,C,3 Road,Town,01234,US,1,MUG,Mug,1,0,10,
4,Completed,2026-09-16 19:28,,Bill,Sample,D,4 Road,Town,01234,US,1,MUG,Mug,1,1,10,
5,wc-on-hold,2026-09-16 19:28,,Bill,Sample,E,5 Road,Town,01234,US,1,MUG,Mug,1,1,10,
6,Awaiting glaze,2026-09-16 19:28,,Bill,Sample,F,6 Road,Town,01234,US,1,MUG,Mug,1,1,10,
`, []string{
			"1 of woocommerce (open) to Sample A, 1 Road, 01234 Town US: note quickly; MUG×1 at 10.00 EUR; TEA×1 at 5.00 EUR",
			"2 of woocommerce (held, the shop says: Pending payment) to Sample B, 2 Road, 01234 Town US: MUG×1 at 10.00 EUR",
			"3 of woocommerce (cancelled, refunded in the shop) to Sample C, 3 Road, 01234 Town US: ",
			"4 of woocommerce (done, completed in the shop) to Sample D, 4 Road, 01234 Town US: MUG×1 at 10.00 EUR",
			"5 of woocommerce (held, the shop says: wc-on-hold) to Sample E, 5 Road, 01234 Town US: MUG×1 at 10.00 EUR",
			"6 of woocommerce (held, the shop says: Awaiting glaze) to Sample F, 6 Road, 01234 Town US: MUG×1 at 10.00 EUR",
		}},
		{"WooCommerce orders (WebToffee)", "o.csv", `order_id,order_number,order_date,status,order_total,order_currency,shipping_first_name,shipping_last_name,shipping_address_1,shipping_postcode,shipping_city,shipping_country,refund_items,line_item_1,line_item_2
71,1,2026-09-16 19:28:02,processing,25,USD,Sample,A,1 Road,01234,Town,US,,name:Blue mug|product_id:93|sku:MUG|quantity:2|total:20.00|sub_total:20.00,name:Tea|product_id:94|sku:TEA|quantity:1|total:5.00
72,2,2026-09-16 19:28:02,processing,25,USD,Sample,B,2 Road,01234,Town,US,,name:No number|product_id:93|sku:|quantity:2|total:20.00,
73,3,2026-09-16 19:28:02,cancelled,25,USD,Sample,C,3 Road,01234,Town,US,,name:Mug|sku:MUG|quantity:2|total:20.00,
74,4,2026-09-16 19:28:02,processing,25,USD,Sample,D,4 Road,01234,Town,US,amount:10,name:Mug|sku:MUG|quantity:2|total:20.00,
`, []string{
			"1 of woocommerce (open) to Sample A, 1 Road, 01234 Town US: MUG×2 at 10.00 USD; TEA×1 at 5.00 USD",
			`2 of woocommerce (held, row 3 of the file: the line item "No number" has no SKU; give it one in the shop) to Sample B, 2 Road, 01234 Town US: `,
			"3 of woocommerce (cancelled, cancelled in the shop) to Sample C, 3 Road, 01234 Town US: MUG×2 at 10.00 USD",
			"4 of woocommerce (held, some of it was refunded, and the file does not say how many are left) to Sample D, 4 Road, 01234 Town US: MUG×2 at 10.00 USD",
		}},
		{"Shopware orders", "o.csv", `orderId;orderDetailId;articleId;number;customerId;status;cleared;orderTime;customerComment;articleNumber;price;quantity;articleName;shippingFirstname;shippingLastname;shippingStreet;shippingZipcode;shippingCity;shippingCountryName
5;51;1;20001;1;0;12;2026-09-16 09:12:00;;MUG;14,90;2;Tasse;Sample;A;Weg 1;10115;Berlin;Deutschland
6;61;1;20002;1;0;17;2026-09-16 09:12:00;;MUG;14,90;2;Tasse;Sample;B;Weg 2;10115;Berlin;Deutschland
7;71;1;20003;1;4;12;2026-09-16 09:12:00;;MUG;14,90;2;Tasse;Sample;C;Weg 3;10115;Berlin;Deutschland
`, []string{
			"20001 of shopware (open) to Sample A, Weg 1, 10115 Berlin DE: MUG×2 at 14.90 EUR",
			"20002 of shopware (held, payment state: 17) to Sample B, Weg 2, 10115 Berlin DE: MUG×2 at 14.90 EUR",
			"20003 of shopware (cancelled, order state: 4) to Sample C, Weg 3, 10115 Berlin DE: MUG×2 at 14.90 EUR",
		}},
		{"Amazon unshipped orders", "o.txt", "order-id\torder-item-id\tpurchase-date\tpromise-date\tbuyer-name\tsku\tproduct-name\tquantity-purchased\tquantity-shipped\tquantity-to-ship\trecipient-name\tship-address-1\tship-city\tship-postal-code\tship-country\tverge-of-cancellation\n" +
			"1-1\t91\t2026-09-16T08:34:47+00:00\t2026-09-18T06:59:59+00:00\t\"B\tMUG\t6\" mug\t3\t1\t2\tSample A\tWeg 1\tKöln\t50667\tDE\tfalse\n" +
			"1-2\t92\t2026-09-16T08:34:47+00:00\t\tB\tMUG\tMug\t1\t0\t1\tSample B\tWeg 2\tKöln\t50667\tDE\ttrue\n" +
			"1-3\t93\t2026-09-16T08:34:47+00:00\t\tB\tMUG\tMug\t1\t1\t0\tSample C\tWeg 3\tKöln\t50667\tDE\tfalse\n", []string{
			"1-1 of amazon (open) to Sample A, Weg 1, 50667 Köln DE by 2026-09-18: MUG×2",
			"1-2 of amazon (held, the buyer asks to cancel it) to Sample B, Weg 2, 50667 Köln DE: MUG×1",
			"1-3 of amazon (done, nothing of it needs packing) to Sample C, Weg 3, 50667 Köln DE: ",
		}},
		{"Amazon orders", "o.txt", "order-id\torder-item-id\tpurchase-date\tpayments-date\tsku\tproduct-name\tquantity-purchased\tcurrency\titem-price\trecipient-name\tship-address-1\tship-city\tship-postal-code\tship-country\n" +
			"1-1\t91\t2026-09-16T08:34:47+00:00\t2026-09-16T08:34:47+00:00\tMUG\tMug\t2\tEUR\t29.80\tSample A\tWeg 1\tKöln\t50667\tDE\n" +
			"1-2\t92\t2026-09-16T08:34:47+00:00\t\tMUG\tMug\t1\tEUR\t14.90\tSample B\tWeg 2\tKöln\t50667\tDE\n", []string{
			"1-1 of amazon (open) to Sample A, Weg 1, 50667 Köln DE: MUG×2 at 14.90 EUR",
			"1-2 of amazon (held, not paid, says the file) to Sample B, Weg 2, 50667 Köln DE: MUG×1 at 14.90 EUR",
		}},
		{"Amazon all orders", "o.txt", "amazon-order-id\tpurchase-date\torder-status\tfulfillment-channel\tsku\tproduct-name\titem-status\tquantity\tcurrency\titem-price\tship-city\tship-postal-code\tship-country\n" +
			"1-1\t2026-09-16T08:34:47+00:00\tUnshipped\tMerchant\tMUG\tMug\tUnshipped\t1\tEUR\t14.90\tKöln\t50667\tDE\n" +
			"1-2\t2026-09-16T08:34:47+00:00\tShipped\tAmazon\tMUG\tMug\tShipped\t1\tEUR\t14.90\tKöln\t50667\tDE\n" +
			"1-3\t2026-09-16T08:34:47+00:00\tCancelled\tMerchant\tMUG\tMug\tCancelled\t1\tEUR\t14.90\tKöln\t50667\tDE\n" +
			"1-4\t2026-09-16T08:34:47+00:00\tPending\tMerchant\tMUG\tMug\tUnshipped\t1\tEUR\t14.90\tKöln\t50667\tDE\n", []string{
			"1-1 of amazon (open) to , , 50667 Köln DE: MUG×1 at 14.90 EUR",
			"1-2 of amazon (done, sent by Amazon) to , , 50667 Köln DE: MUG×1 at 14.90 EUR",
			"1-3 of amazon (cancelled, cancelled in the shop) to , , 50667 Köln DE: ",
			"1-4 of amazon (held, the shop says: Pending) to , , 50667 Köln DE: MUG×1 at 14.90 EUR",
		}},
		{"eBay orders", "o.csv", `"Sales Record Number","Order Number","Buyer Name","Ship To Name","Ship To Address 1","Ship To City","Ship To Zip","Ship To Country","Item Number","Item Title","Custom Label","Quantity","Sold For","Sale Date","Paid On Date","Ship By Date","Shipped On Date"
"1","1-1","B","Sample A","1 Road","Town","01234","United States","220","Mug","MUG","2","$14.00","Sep-16-26","Sep-16-26","Sep-18-26",""
"2","1-2","B","Sample B","2 Road","Town","01234","United States","","","","3","$20.00","Sep-16-26","Sep-16-26","",""
"2","1-2","","","","","","","221","Mug","MUG","2","$14.00","","","",""
"2","1-2","","","","","","","222","Tea","TEA","1","$6.00","","","",""
"3","1-3","B","Sample C","3 Road","Town","01234","United States","223","Mug","MUG","1","$14.00","Sep-16-26","","",""
"4","1-4","B","Sample D","4 Road","Town","01234","United States","224","Mug","MUG","1","$14.00","Sep-16-26","Sep-16-26","","Sep-17-26"
"5","","B","Sample E","5 Road","Town","01234","United States","225","Mug","MUG","1","$14.00","Sep-16-26","Sep-16-26","",""

5,record(s) downloaded,
Seller ID : a-seller
`, []string{
			"1-1 of ebay (open) to Sample A, 1 Road, 01234 Town US by 2026-09-18: MUG×2",
			"1-2 of ebay (open) to Sample B, 2 Road, 01234 Town US: MUG×2; TEA×1",
			"1-3 of ebay (held, not paid, says the file) to Sample C, 3 Road, 01234 Town US: MUG×1",
			"1-4 of ebay (done, nothing of it needs packing) to Sample D, 4 Road, 01234 Town US: ",
			"5 of ebay (open) to Sample E, 5 Road, 01234 Town US: MUG×1",
		}},
		{"eBay orders", "o.csv", `Sales record number,Order number,Buyer username,Post to name,Post to phone,Post to address 1,Post to city,Post to county,Post to postcode,Post to country,Item number,Item title,Custom label,Quantity,Sold for,Sale date,Paid on date,Post by date
1,1-1,b,Sample A,,1 Road,Town,,SW1A 1AA,United Kingdom,220,Mug,MUG,1,£14.00,16-Sep-26,16-Sep-26,18-Sep-26
`, []string{"1-1 of ebay (open) to Sample A, 1 Road, SW1A 1AA Town GB by 2026-09-18: MUG×1 at 14.00 GBP"}},
		{"Etsy sold order items", "o.csv", `Sale Date,Item Name,Buyer,Quantity,Price,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship Address1,Ship City,Ship State,Ship Zipcode,Ship Country,Order ID,Variations,SKU
09/03/26,Mug,b,2,34.00,CAD,4001,1,,,Sample A,1 Road,Town,BC,X0X 0X0,Canada,9001,Colour:Blue,MUG
09/03/26,Tea,b,1,9.00,CAD,4002,2,,09/14/26,Sample A,1 Road,Town,BC,X0X 0X0,Canada,9001,,TEA
09/12/26,Mug,b,3,9.00,CAD,4003,1,,09/14/26,Sample B,2 Road,Town,BC,X0X 0X0,Canada,9002,,MUG
09/12/26,Soap,b,3,9.00,CAD,4004,3,,,Sample C,3 Road,Town,BC,X0X 0X0,Canada,9003,Engraving:Ann,
`, []string{
			"9001 of etsy (open) to Sample A, 1 Road, X0X 0X0 Town CA: MUG×2 at 34.00 CAD",
			"9002 of etsy (done, nothing of it needs packing) to Sample B, 2 Road, X0X 0X0 Town CA: ",
			`9003 of etsy (held, row 5 of the file: the line item "Soap" has no SKU; give it one in the shop) to Sample C, 3 Road, X0X 0X0 Town CA: `,
		}},
		{"TikTok Shop orders", "o.csv", `Order ID,Order Status,Order Substatus,Cancelation/Return Type,Seller SKU,Product Name,Quantity,Sku Quantity of return,Recipient,Country,Post Town,Detail Address
Platform unique order ID.,Status,Substatus,Type,SKU,Name,Sold,Returned,Recipient,Country,Town,Address
570000000000000001,To ship,Awaiting shipment,,MUG,Mug,2,1,Sample A,United Kingdom,Town,1 Road
570000000000000002,To ship,Awaiting shipment,Cancel,MUG,Mug,1,0,Sample B,United Kingdom,Town,2 Road
570000000000000003,Shipped,In transit,,MUG,Mug,1,0,Sample C,United Kingdom,Town,3 Road
570000000000000004,Unpaid,,,MUG,Mug,1,0,Sample D,United Kingdom,Town,4 Road
`, []string{
			"570000000000000001 of tiktok (open) to Sample A, 1 Road,  Town GB: MUG×1",
			"570000000000000002 of tiktok (held, cancelled or returned: Cancel) to Sample B, 2 Road,  Town GB: MUG×1",
			"570000000000000003 of tiktok (done, shipped in the shop) to Sample C, 3 Road,  Town GB: MUG×1",
			"570000000000000004 of tiktok (held, the shop says: Unpaid) to Sample D, 4 Road,  Town GB: MUG×1",
		}},
		{"Rakuten orders", "o.csv", `Bestellnummer;Bestelldatum;EMail;Artikelnummer;Menge;Preis;Empfangfirma;Empfangvorname;Empfangnachname;EmpfangStrasse;EmpfangPLZ;Empfangort;EmpfangLKZ;Rechnungort;Versandnummer
R1;16.09.2026;;MUG;2;14,90;;Sample;A;Weg 1;10115;Berlin;DE;Bonn;
R2;16.09.2026;;MUG;1;14,90;;Sample;B;Weg 2;10115;Berlin;DE;Bonn;123
`, []string{
			"R1 of rakuten (open) to Sample A, Weg 1, 10115 Berlin DE: MUG×2 at 14.90 EUR",
			"R2 of rakuten (done, sent, says the file) to Sample B, Weg 2, 10115 Berlin DE: MUG×1 at 14.90 EUR",
		}},
		{"ShipStation orders", "o.csv", `Order #,Order Date,Ship By Date,Order Status,Gift Flag,Buyer Full Name,Recipient Full Name,Address Line 1,City,State,Postal Code,Country Code,Item SKU,Item Name / Title,Item Quantity,Item Unit Price
S1,9/16/2026,9/18/2026,awaiting_shipment,True,Bill,Sample A,1 Road,Town,MA,01234,US,MUG,Mug,2,10.00
S2,9/16/2026,,on_hold,,Bill,Sample B,2 Road,Town,MA,01234,US,MUG,Mug,2,10.00
`, []string{
			"S1 (open) to Sample A, 1 Road, 01234 Town US by 2026-09-18: MUG×2 at 10.00 EUR",
			"S2 (held, the shop says: on_hold) to Sample B, 2 Road, 01234 Town US: MUG×2 at 10.00 EUR",
		}},
		{"ShipStation export", "o.csv", `Order - Status,Date - Order Date,Date - Ship By Date,Order - Number,Item - SKU,Item - Qty,Item - Name,Market - Store Name,Ship To - Name,Ship To - Address 1,Ship To - City,Ship To - State,Ship To - Postal Code,Ship To - Country
Awaiting Shipment,9/16/2026 3:14:00 PM,9/18/2026,S1,MUG,2,Mug,Store,Sample A,1 Road,Town,MA,01234,US
Shipped,9/16/2026 3:14:00 PM,9/18/2026,S2,MUG,2,Mug,Store,Sample B,2 Road,Town,MA,01234,US
Cancelled,9/16/2026 3:14:00 PM,9/18/2026,S3,MUG,2,Mug,Store,Sample C,3 Road,Town,MA,01234,US
`, []string{
			"S1 of Store (open) to Sample A, 1 Road, 01234 Town US by 2026-09-18: MUG×2",
			"S2 of Store (done, shipped in the shop) to Sample B, 2 Road, 01234 Town US by 2026-09-18: MUG×2",
			"S3 of Store (cancelled, cancelled in the shop) to Sample C, 3 Road, 01234 Town US by 2026-09-18: MUG×2",
		}},
		{"Veeqo orders", "o.csv", `number,status,due_date,shipping_address_first_name,shipping_address_last_name,shipping_address_address1,shipping_address_city,shipping_address_zip,shipping_address_country,sku,quantity,price_per_unit,tracking_number
V1,pending,2026-09-18,Sample,A,1 Road,Town,01234,US,MUG,2,10.00,
V2,delivered,,Sample,B,2 Road,Town,01234,US,MUG,2,10.00,
V3,cancelled,,Sample,C,3 Road,Town,01234,US,MUG,2,10.00,
`, []string{
			"V1 (open) to Sample A, 1 Road, 01234 Town US by 2026-09-18: MUG×2 at 10.00 EUR",
			"V2 (done, delivered in the shop) to Sample B, 2 Road, 01234 Town US: MUG×2 at 10.00 EUR",
			"V3 (cancelled, cancelled in the shop) to Sample C, 3 Road, 01234 Town US: MUG×2 at 10.00 EUR",
		}},
		{"Fishbowl sales orders", "o.csv", `"Flag","SONum","Status","CustomerName","BillToName","ShipToName","ShipToAddress","ShipToCity","ShipToState","ShipToZip","ShipToCountry","CarrierName","Date","FulfillmentDate"
"Flag","SOItemTypeID","ProductNumber","ProductDescription","ProductQuantity","UOM","ProductPrice"
"SO","F1",20,"B","B","Sample A","1 Road","Town","MA","01234","UNITED STATES","UPS","9/16/2026","9/18/2026"
"Item",10,"MUG","Mug",2,"ea",10.00
"Item",60,"SHIP","Shipping",1,"ea",5.00
"Item",10,"TEA","Tea",1,"ea",5.00
"SO","F2",60,"B","B","Sample B","2 Road","Town","MA","01234","UNITED STATES","UPS","9/16/2026",
"Item",10,"MUG","Mug",2,"ea",10.00
`, []string{
			"F1 (open) to Sample A, 1 Road, 01234 Town US by 2026-09-18: MUG×2 at 10.00 EUR; TEA×1 at 5.00 EUR",
			"F2 (done, state: 60) to Sample B, 2 Road, 01234 Town US: MUG×2 at 10.00 EUR",
		}},
		{"ShipWorks orders", "o.csv", `"StoreName","Note","OrderID","OrderNumber","OrderDate","Status","TrackingNumber","ItemQTY","ItemName","ItemCode","ItemSKU","UnitPrice","ShipAddressName","ShipAddress1","ShipAddressCity","ShipAddressState","ShipAddressPostalCode","ShipAddressCountryCode"
"Store","","71","1","9/16/2026","Open","","2","Mug","M","MUG","10.00","Sample A","1 Road","Town","MA","01234","US"
"Store","","72","2","9/16/2026","Shipped","1Z","2","Mug","M","MUG","10.00","Sample B","2 Road","Town","MA","01234","US"
`, []string{
			"1 of Store (open) to Sample A, 1 Road, 01234 Town US: MUG×2 at 10.00 EUR",
			"2 of Store (done, shipped in the shop) to Sample B, 2 Road, 01234 Town US: MUG×2 at 10.00 EUR",
		}},
		{"ShippingEasy orders", "o.csv", `Order Number,Order date & time,Order date,Status,Item name,Item SKU,Item unit price,Item Quantity,Full Name,Address Line 1,City,State,Zip,Country
1,9/16/2026 10:00 AM,9/16/2026,awaiting_shipment,Mug,MUG,10.00,2,Sample A,1 Road,Town,MA,01234,US
2,9/16/2026 10:00 AM,9/16/2026,,Mug,MUG,10.00,2,Sample B,2 Road,Town,MA,01234,US
`, []string{
			"1 (open) to Sample A, 1 Road, 01234 Town US: MUG×2 at 10.00 EUR",
			"2 (held, the file does not say whether it is paid) to Sample B, 2 Road, 01234 Town US: MUG×2 at 10.00 EUR",
		}},
		{"Dianxiaomi orders", "o.csv", "订单号,店铺账号,SKU,属性,数量,单价,币种,买家姓名,地址1,城市,省/州,国家二字码,邮编\nD1,store,MUG,,2,10.00,USD,Sample A,1 Road,Town,MA,US,01234\n", []string{
			"D1 of store (open) to Sample A, 1 Road, 01234 Town US: MUG×2 at 10.00 USD",
		}},
		{"missing ink orders", "o.csv", "order id, ship_name, ship_address_1, ship_city, ship_state, ship_zipcode, ship_country, product_sku, product_qty, product_name\n1,Sample A,1 Road,Town,MA,01234,US,MUG,2,Mug\n", []string{
			"1 (open) to Sample A, 1 Road, 01234 Town US: MUG×2",
		}},
		{"Convictional orders", "o.csv", "code,partner,date,sku,quantity,name,company,city,zip,state,country,addressOne,addressTwo\n1,Partner,2026-11-20,MUG,2,Sample A,,Town,01234,MA,US,1 Road,\n", []string{
			"1 of Partner (open) to Sample A, 1 Road, 01234 Town US: MUG×2",
		}},
	} {
		t.Run(f.kind, func(t *testing.T) {
			orders, rep := readOrders(t, f.text, f.name)
			var got []string
			for _, o := range orders {
				got = append(got, asRead(o))
			}
			if !slices.Equal(got, f.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(f.want, "\n"))
			}
			if rep.KindName != f.kind || strings.ToLower(strings.SplitN(f.kind, " ", 2)[0]) != strings.SplitN(rep.Kind, "-", 2)[0] {
				t.Errorf("it is called %q, %q", rep.Kind, rep.KindName)
			}
			if g, err := Look(t.Context(), strings.NewReader(f.text), f.name); err != nil || !g.Sure() || g.Kind != rep.Kind {
				t.Errorf("at a glance it is %q, %v, %v", g.Kind, g.Refused, err)
			}
			left := slices.DeleteFunc(slices.Clone(orders), func(o station.Order) bool { return o.Status == station.OrderOpen })
			if len(rep.Left) != len(left) {
				t.Errorf("%d orders are not open, told are %+v", len(left), rep.Left)
			}
		})
	}
}

// TestKindsWithoutGoods: a file that does not say what to pack is refused by its
// name, with what to take instead.
func TestKindsWithoutGoods(t *testing.T) {
	for name, f := range map[string]string{
		"Etsy's list of sold orders":       "Sale Date,Order ID,Full Name,Number of Items,Date Shipped,Street 1,Ship City,Ship Country,Order Total,Status,Order Net,SKU\n12/30/26,9003,Sample,2,,1 Road,Town,Canada,82.27,,,\"a,b\"\n",
		"Magento's order grid":             "ID,Purchase Point,Purchase Date,Ship-to Name,Grand Total (Base),Grand Total (Purchased),Status,Shipping Address,Shipping Information\n1,x,\"Sep 16, 2026 7:28:02 PM\",Sample,165,165,processing,Road,Best\n",
		"eBay's list of sales":             "Verkaufsprotokollnummer;Bestellnummer;Gesamtbetrag;Verkauft am;Zahlungsdatum\n1;2;116,99 €;10-Dez-25;10-Dez-25\n",
		"BigCommerce's list of orders":     "Order ID,Order Date,Order Status,Order Total,Cart Base Amount,First Name\n1,2026-01-01,Awaiting Fulfillment,1,1,A\n",
		"Linnworks' list of open orders":   "Order Id,Reference Number,External Reference,Channel Reference,Received date,Dispatch By\n1,R,,,16/09/2026 09:12,\n",
		"Odoo's list of transfers":         "Reference,From,To,Contact,Scheduled Date,Source Document,Status\nWH/OUT/1,a,b,c,2026-09-16,S1,Ready\n",
		"PrestaShop's order grid":          "ID;Reference;New client;Delivery;Customer;Total;Payment;Status;Date\n1;X;1;France;S;1;Bank;ok;2026-09-16\n",
		"an Amazon shipping confirmation":  "order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method\n1\t2\t1\t2026-09-17\tUPS\t\t1Z\tGround\n",
		"a Fishbowl shipping import":       "ShipNum,Date,Carrier,Carrier Service\nS1,9/17/2026,UPS,Ground\n",
		"a WooCommerce fulfilments import": "order_number,tracking_number,shipment_provider,tracking_url,items\n1,1Z,ups,,\n",
	} {
		orders, _, err := ReadOrders(t.Context(), strings.NewReader(f), "o.csv", Options{})
		if err == nil || !strings.Contains(err.Error(), "this is "+name+": ") || orders != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestColumnsThatWouldStop: of a file that lacks a column which says what is paid or
// sent, somebody hears so.
func TestColumnsThatWouldStop(t *testing.T) {
	_, rep := readOrders(t, "Name,Lineitem quantity,Lineitem name,Lineitem sku,Fulfillment Status\n#1,1,Mug,MUG,\n", "o.csv")
	if got := warned(rep); !strings.Contains(got, `"Cancelled at" and "Financial Status"`) || strings.Contains(got, `"Fulfillment Status"`) {
		t.Errorf("%s", got)
	}
}

// TestColumnsThatAreNotHeard: a plain file may have a column that would stop an order.
func TestColumnsThatAreNotHeard(t *testing.T) {
	_, rep := readOrders(t, "order,sku,qty,country,Date Shipped,Payment method,Fulfilled by,Cancelled?,Shipping city\n1,MUG,1,DE,,,,,\n", "o.csv")
	var told []string
	for _, w := range rep.Warnings {
		if w.Row == 1 {
			told = append(told, w.Column)
		}
	}
	if !slices.Equal(told, []string{"Date Shipped", "Cancelled?"}) {
		t.Errorf("%+v", rep.Warnings)
	}
}

// TestOrdersThatStandTwice: two exports that were joined are no second order.
func TestOrdersThatStandTwice(t *testing.T) {
	const header = "Name,Financial Status,Lineitem quantity,Lineitem name,Lineitem sku\n"
	for rows, want := range map[string]string{
		"#1,paid,1,Mug,MUG\n#1,paid,1,Mug,MUG\n":                                                             "open MUG×1",
		"#1,paid,1,Mug,MUG\n#1,,1,Tea,TEA\n#1,,1,Tea,TEA\n":                                                  "open MUG×1 TEA×1 TEA×1",
		"#1,paid,1,Mug,MUG\n#1,,1,Tea,TEA\n#1,,1,Tea,TEA\n#1,paid,1,Mug,MUG\n#1,,1,Tea,TEA\n#1,,1,Tea,TEA\n": "open MUG×1 TEA×1 TEA×1",
		"#1,paid,1,Mug,MUG\n#1,paid,1,Mug,MUG\n#1,,1,Tea,TEA\n#1,,1,Tea,TEA\n":                               "open MUG×1 TEA×1",
		"#1,pending,1,Mug,MUG\n#1,paid,1,Mug,MUG\n":                                                          "held",
		"#1,paid,1,Mug,MUG\n#1,,1,Tea,TEA\n#1,paid,1,Mug,MUG\n#1,,1,Soap,SOAP\n":                             "held",
		"#1,,1,Tea,TEA\n#1,,1,Tea,TEA\n#1,paid,1,Mug,MUG\n#1,paid,1,Mug,MUG\n":                               "held",
	} {
		orders, rep := readOrders(t, header+rows, "o.csv")
		got := string(orders[0].Status)
		for _, l := range orders[0].Lines {
			if orders[0].Status == station.OrderOpen {
				got += fmt.Sprintf(" %s×%d", l.SKU, l.Qty)
			}
		}
		if got != want || len(orders) != 1 {
			t.Errorf("%q: %s, want %s", rows, got, want)
		}
		if twice := strings.Count(rows, "paid") > 1; twice && got != "held" && !strings.Contains(warned(rep), "stands in the file 2 times") {
			t.Errorf("%q: %+v", rows, rep.Warnings)
		}
	}
}
