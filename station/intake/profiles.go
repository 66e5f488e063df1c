package intake

import (
	"slices"
	"strings"

	"packbench/station"
)

// profiles are the kinds of file that are known besides the plain form. Their
// headings are those that shops and tools write; their words are matched as plain
// writes them, in any case and with any marks.
var profiles = slices.Concat(shopProfiles, marketProfiles, toolProfiles, lineless)

// meaning reads "open: paid; held: pending, on hold" as what each word means.
func meaning(list string) map[string]station.OrderStatus {
	out := map[string]station.OrderStatus{}
	for part := range strings.SplitSeq(list, ";") {
		status, these, _ := strings.Cut(part, ":")
		for word := range strings.SplitSeq(these, ",") {
			out[plain(word)] = station.OrderStatus(strings.TrimSpace(status))
		}
	}
	return out
}

// usual are the words for the state of an order that most files share.
const usual = `open: open, new, paid, processing, unfulfilled, unshipped, awaiting shipment, awaiting fulfillment, awaiting fulfilment,
	ready to ship, to ship, ready, confirmed, accepted, in progress, in process, released, offen, bezahlt, in bearbeitung, en cours, en préparation, payée, pagado, pagato, betaald;
	held: held, hold, on hold, unpaid, pending, pending payment, awaiting payment, authorized, partially refunded, partially paid, failed, draft, review, backordered,
	gesperrt, unbezahlt, in wartestellung, zahlung ausstehend, en attente, pendiente, in attesa;
	cancelled: cancelled, canceled, refunded, voided, declined, rejected, expired, trash, deleted, storniert, abgebrochen, rückerstattet, erstattet, annulée, remboursée, cancelado, reembolsado, annullato, rimborsato, geannuleerd;
	done: done, shipped, fulfilled, completed, complete, closed, delivered, dispatched, despatched, sent, returned, in transit, picked up,
	versendet, versandt, erledigt, abgeschlossen, fertiggestellt, geliefert, expédiée, terminée, livrée, enviado, completado, entregado, spedito, completato, verzonden`

// cancelledAt stops an order that has a day of cancellation.
var cancelledAt = stop{column: "cancelled", as: station.OrderCancelled, full: "cancelled in the shop"}

// to are the columns of an address whose titles begin alike: "Shipping City".
func to(before string) schema {
	return schema{
		col("name", before+"Name"), col("first name", before+"First Name"), col("last name", before+"Last Name"), col("company", before+"Company"),
		col("street", before+"Address1", before+"Address 1", before+"Street 1"), col("street2", before+"Address2", before+"Address 2", before+"Street 2"),
		col("street3", before+"Address3", before+"Address 3"),
		col("city", before+"City"), col("region", before+"Province", before+"State", before+"County"),
		col("postcode", before+"Zip", before+"Zipcode", before+"Postcode", before+"Postal Code"),
		col("country", before+"Country", before+"Country Code"), col("phone", before+"Phone"),
	}
}

func all(parts ...schema) schema { return slices.Concat(parts...) }

var shopProfiles = []profile{
	{
		name: "Shopify orders", shop: "shopify", sure: []string{"name", "lineitemname", "lineitemquantity"}, once: true,
		columns: all(to("Shipping "), schema{
			col("order", "Name"), col("order id", "Id"), numbers(col("qty", "Lineitem quantity")), col("item", "Lineitem name"), must(col("sku", "Lineitem sku")),
			prices(col("price", "Lineitem price")), prices(col("line discount", "Lineitem discount")), col("needs shipping", "Lineitem requires shipping"),
			col("line status", "Lineitem fulfillment status"), col("paid", "Financial Status"), col("status", "Fulfillment Status"), col("cancelled", "Cancelled at", "Canceled at"),
			col("placed", "Created at"), col("email", "Email"), col("currency", "Currency"), prices(col("subtotal", "Subtotal")), prices(col("discount", "Discount Amount")),
			prices(col("value", "Total")), prices(col("shipping cost", "Shipping")), prices(col("order tax", "Taxes")), col("service", "Shipping Method"),
			col("street or", "Shipping Street"), col("order note", "Notes"), col("risk", "Risk Level"),
		}),
		stops: []stop{
			cancelledAt,
			{column: "paid", says: "payment", words: meaning("open: paid; cancelled: refunded, voided"), blank: "the file does not say whether it is paid"},
			{column: "status", words: meaning("open: unfulfilled, pending, partial; done: fulfilled, restocked")},
			{column: "risk", words: meaning("held: high"), full: "high risk of fraud, says the shop", mild: true},
			{column: "line status", line: true, words: meaning("open: pending, unfulfilled; held: partial; done: fulfilled, restocked"), full: "sent in part"},
		},
	},
	{
		name: "Squarespace orders", shop: "squarespace", sure: []string{"orderid", "lineitemname", "lineitemquantity", "financialstatus"}, lacks: []string{"name"}, once: true, dates: monthFirst,
		columns: all(to("Shipping "), schema{
			col("order", "Order ID"), numbers(col("qty", "Lineitem quantity")), col("item", "Lineitem name"), must(col("sku", "Lineitem sku")), prices(col("price", "Lineitem price")),
			col("needs shipping", "Lineitem requires shipping"), col("line status", "Lineitem fulfillment status"), col("paid", "Financial Status"), col("status", "Fulfillment Status"),
			col("cancelled", "Cancelled at", "Canceled at"), col("placed", "Created at"), col("email", "Email"), col("currency", "Currency"), prices(col("subtotal", "Subtotal")),
			prices(col("discount", "Discount Amount")), prices(col("value", "Total")), col("service", "Shipping Method"), col("order note", "Private Notes"),
		}),
		stops: []stop{
			cancelledAt,
			{column: "paid", says: "payment", words: meaning("open: paid; cancelled: refunded, voided, canceled, cancelled"), blank: "the file does not say whether it is paid"},
			{column: "status", words: meaning("open: pending, unfulfilled; done: fulfilled; cancelled: canceled, cancelled")},
			{column: "line status", line: true, words: meaning("open: pending, unfulfilled; done: fulfilled; cancelled: canceled, cancelled")},
		},
	},
	{
		name: "Wix orders", shop: "wix", sure: []string{"ordernumber", "quantityrefunded", "paymentstatus", "fulfillmentstatus"}, dates: monthFirst,
		columns: schema{
			col("order", "Order number"), col("placed", "Date created"), col("placed time", "Time"), col("ship by", "Fulfill by"), col("email", "Contact email"), col("order note", "Note from customer"),
			col("item", "Item"), must(col("sku", "SKU")), numbers(col("qty", "Qty")), numbers(col("refunded", "Quantity refunded")), prices(col("price", "Price")), col("note", "Custom text"),
			col("service", "Delivery method"), col("name", "Recipient name"), col("phone", "Recipient phone"), col("company", "Recipient company name"),
			repeated(col("country", "Delivery country")), repeated(col("region", "Delivery state name", "Delivery state")), repeated(col("city", "Delivery city")),
			repeated(col("street", "Delivery address")), repeated(col("postcode", "Delivery zip/postal code")),
			col("paid", "Payment status"), col("status", "Fulfillment status"), prices(col("value", "Total")), col("currency", "Currency"),
		},
		stops: []stop{
			{column: "paid", says: "payment", words: meaning("open: paid, partially refunded; cancelled: refunded, fully refunded, voided, canceled, cancelled, declined, chargeback"), blank: "the file does not say whether it is paid"},
			{column: "status", words: meaning("open: unfulfilled, not fulfilled; done: fulfilled; cancelled: canceled, cancelled")},
		},
	},
	{
		name: "WooCommerce orders (Advanced Order Export)", shop: "woocommerce", sure: []string{"ordernumber", "orderstatus", "item", "sku"},
		columns: schema{
			col("order", "Order Number"), col("status", "Order Status"), col("placed", "Order Date"), col("order note", "Customer Note"),
			col("first name", "First Name (Shipping)"), col("last name", "Last Name (Shipping)"), col("company", "Company (Shipping)"), col("street", "Address 1&2 (Shipping)", "Address 1 (Shipping)"),
			col("street2", "Address 2 (Shipping)"), col("city", "City (Shipping)"), col("region", "State Code (Shipping)", "State Name (Shipping)"), col("postcode", "Postcode (Shipping)"),
			col("country", "Country Code (Shipping)", "Country Name (Shipping)"), col("phone", "Phone (Shipping)", "Phone (Billing)"), col("email", "Email (Billing)"),
			col("line", "Item #"), must(col("sku", "SKU")), col("item", "Item Name", "Name", "Product Name"), numbers(col("qty", "Quantity")), numbers(col("left", "Quantity (- Refund)")),
			prices(col("price", "Item Cost")), col("note", "Product Variation"), col("service", "Shipping Method Title"), prices(col("value", "Order Total Amount")), col("currency", "Order Currency", "Currency"),
		},
		stops: []stop{{column: "status", words: wooWords, blank: "the file does not say whether it is paid"}},
	},
	{
		name: "WooCommerce orders (WebToffee)", shop: "woocommerce", sure: []string{"ordernumber", "lineitem1"}, cells: lineItems,
		columns: all(to("shipping_"), schema{
			col(beside, "line_item_"), col("order", "order_number"), col("order id", "order_id"), col("status", "status"), col("placed", "order_date"), prices(col("value", "order_total")), col("currency", "order_currency"),
			col("service", "shipping_method"), col("email", "customer_email", "billing_email"), col("order note", "customer_note"), col("refunds", "refund_items"),
		}),
		stops: []stop{
			{column: "status", words: wooWords, blank: "the file does not say whether it is paid"},
			{column: "refunds", as: station.OrderHeld, full: "some of it was refunded, and the file does not say how many are left"},
		},
	},
	{
		name: "Shopware orders", shop: "shopware", sure: []string{"orderdetailid", "articlenumber", "cleared"},
		columns: schema{
			col("order", "number"), col("order id", "orderId"), col("line", "orderDetailId"), col("status", "status"), col("paid", "cleared"), col("placed", "orderTime"), must(col("sku", "articleNumber")),
			col("item", "articleName"), numbers(col("qty", "quantity")), prices(col("price", "price")), col("order note", "customerComment"), prices(col("value", "invoiceAmount")),
			col("company", "shippingCompany"), col("first name", "shippingFirstname"), col("last name", "shippingLastname"), col("street", "shippingStreet"), col("postcode", "shippingZipcode"),
			col("city", "shippingCity"), col("country", "shippingCountryName", "shippingCountryIso"), col("email", "email"),
		},
		stops: []stop{
			{column: "paid", says: "payment state", words: meaning("open: 12; cancelled: 20"), blank: "the file does not say whether it is paid"},
			{column: "status", says: "order state", words: meaning("open: 0, 1, 5; done: 2, 7; cancelled: -1, 4")},
		},
	},
}

// wooWords are WooCommerce's states, as it keeps and as it shows them.
var wooWords = func() map[string]station.OrderStatus {
	out := meaning(usual)
	for word, status := range meaning("open: processing; held: pending, on hold, failed, checkout draft; cancelled: cancelled, refunded, trash; done: completed") {
		out[word], out["wc"+word] = status, status
	}
	return out
}()
