package say

import "packbench/station/pack"

// ofPacking are the phrases of each code, save those of returns and of the scale: by the form of the verdict, by its kind
// (":asked") and reason, by its reason, by its kind, and under "" what is said
// where none of these is there.
var ofPacking = map[pack.Code]map[string]Saying{
	pack.CodeOrderOpened: {
		"item":      {"{Order}", "{order} is open and {item} is counted{with open}", "scan the next item"},
		"last item": {"{Order}", "{order} is open and {item} is counted", "close the box and put it on the scale"},
		"":          {"{Order}", "{order} is open{with open}", "scan the first item"},
	},
	pack.CodeResumed: {
		"all": {"{Order}", "{order} is open again, where you left off", "carry on"},
		"":    {"{Order}", "{order} is open again, where you left off{with open}", "scan the next item"},
	},
	pack.CodeOrderUnknown: {
		"no-order-for-item": {"No order for it", "no due order needs {item}", "scan an order or a tote"},
		"parcel":            unknownOrder,
		"":                  unknownOrder,
	},
	pack.CodeOrderHeld:      {"": {"On hold", "{order} is on hold{because}", "set its goods aside and scan another order"}},
	pack.CodeOrderCancelled: {"": {"Cancelled", "{order} is cancelled{because}", "put its goods back and scan another order"}},
	pack.CodeOrderDone: {
		"handed-over": {"On its way", "{parcel id|the parcel} was handed over and has left", "scan another order"},
		"":            {"Already packed", "{order} is already packed", "scan another order, or reopen its parcel or reprint its label"},
	},
	pack.CodeOrderElsewhere:   {"": {"Open elsewhere", "{order} is open at {bench}", "scan another order"}},
	pack.CodeClaimedElsewhere: {"": {"Open elsewhere", "{order} is open at {bench}", "scan another order"}},
	pack.CodeHubAway: {
		"claimed": {"Hub away", "{order} is claimed by {bench}, and the hub cannot be asked", "scan an order that this bench has claimed"},
		"return":  {"Hub away", "the hub cannot be asked who has {this return}", "set it aside, or take it apart as unknown"},
		"":        {"Hub away", "the hub cannot be asked for {order}", "scan an order that this bench has claimed"},
	},
	pack.CodeOrderChanged: {
		"excess":          {"Take it out", "{order} has changed and the box now holds {too many|too much}", "use Remove and take it out"},
		"excess-closed":   {"Too much packed", "the shop changed {order} and {parcel} holds {too many|too much}", "ask a supervisor to reopen it before it leaves"},
		"excess-labelled": {"Take it out", "{order} has changed and the box now holds {too many|too much}", "void the label, then use Remove and take it out"},
		"address":         {"New address", "the shop changed the address of {order}, and its label is void", "tear off the old label and weigh the box again"},
		"":                {"Order changed", "the shop changed {order}", "check the lines that changed"},
	},
	pack.CodeOrderProposed: {"": {"Which order?", "{product|it} fits {orders}", "{choose|answer to open it}"}},
	pack.CodeOrderWhich:    {"": {"Which order?", "several shops have an order with this number", "{choose|answer to open it}"}},
	pack.CodeParked: {
		"aside": {"Put it aside", "{order} is parked without its label, which will come by itself", "put the box aside and scan another order"},
		"":      {"Parked", "{order} is parked", "scan another order"},
	},
	pack.CodeCancelled: {
		"loading": {"Loading stopped", "loading for {carrier|the carrier} was stopped", "take its parcels out again"},
		"":        {"Packing cancelled", "packing of {order} is cancelled", "put its goods back into the tote"},
	},
	pack.CodeOrderClosed: {
		"without papers": {"{Order}", "{order} is complete{left out}, but {missing} of {parcel id} did not come out", "print it before the parcel leaves"},
		"":               {"{Order}", "{order} is complete{left out}", "scan the next order"},
	},

	pack.CodeItem: {"": {"{item}", "{item}{marked}{kit}, {of want}", ""}},
	pack.CodePack: {"": {"{item}", "pack of {n} × {item}{marked}{kit}, {of want}", ""}},
	pack.CodeCounted: {
		":info": {"{n} ×", "the next scan counts for {n}", "scan one of them"},
		"":      {"{item}", "{n} × {item}{marked} counted{kit}, {of want}", ""},
	},
	pack.CodeConfirmed: {"": {"{product|Confirmed}", "{product|the line} is confirmed by hand{kit}", ""}},
	pack.CodeAllScanned: {
		"next-parcel": {"Box closed", "this box is full, the rest goes in the next one", "close it and put it on the scale"},
		"":            {"All scanned", "every line is scanned", "close the box and put it on the scale"},
	},
	pack.CodeLotNeeded: {
		"which-unit":   {"Which lot?", "units of several lots of {item} are in the box", "scan or type the lot that comes out"},
		"another-unit": {"Lot of the first", "that is another unit, and {item} still waits for its lot", "scan or type its lot, or go back"},
		"product-code": {"Lot?", "that code does not say the lot of {item}", "scan or type its lot"},
		"form":         {"Lot?", "“{scanned text}” cannot be a lot", "scan or type the lot of {item}"},
		"":             {"Lot?", "{item} needs its lot", "scan or type it{or choose}"},
	},
	pack.CodeSerialNeeded: {
		"which-unit":   {"Which one?", "several units of {item} are in the box", "scan or type the serial number that comes out"},
		"another-unit": {"Serial number of the first", "that is another unit, and {item} still waits for its serial number", "scan or type it, or go back"},
		"product-code": {"Serial number?", "that code does not say the serial number of {item}", "scan or type it"},
		"form":         {"Serial number?", "“{scanned text}” cannot be a serial number", "scan or type that of {item}"},
		"serials":      {"Serial numbers?", "each unit in this pack of {item} has a serial number of its own", "scan a code that holds them all, or type the first and the last, as A1-A6"},
		"serial-count": {"Serial numbers?", "there must be one serial number for each unit in this pack of {item}", "scan a code that holds them all, or type the first and the last, as A1-A6"},
		"one-by-one":   {"One by one", "each {item} has a serial number of its own", "scan them one by one"},
		"":             {"Serial number?", "{item} needs its serial number", "scan or type it"},
	},
	pack.CodeExpiryNeeded: {
		"another-unit": {"Expiry date of the first", "that is another unit, and {item} still waits for its expiry date", "scan or type it, or go back"},
		"product-code": {"Expiry date?", "that code does not say when {item} expires", "type its date, as 2027-01-31"},
		"date":         {"Expiry date?", "“{scanned text}” is no date that can be read in one way only", "type it as 2027-01-31 or 01/2027"},
		"":             {"Expiry date?", "{item} needs its expiry date", "scan it, or type it as 2027-01-31{or choose}"},
	},
	pack.CodeExpired: {
		"best-before": {"Past its date", "{item} was best before {expiry|today}", "put it aside and take another{or badge}"},
		"":            {"Expired", "{item} {expired on}", "put it aside and take another{or badge}"},
	},
	pack.CodeShortLife: {"": {"Too old", "{item} has {days left} left, and must have {days needed}", "put it aside and take a newer one{or badge}"}},
	pack.CodeRecalled:  {"": {"Recalled", "{the lot} of {item} is recalled", "put it aside, none of it may leave"}},
	pack.CodeSerialSeen: {
		"in-parcel":     {"Scanned before", "{item}{with serial} is in this order already", "put it aside if it is another one{or badge}"},
		"in-open-order": {"Scanned before", "{item}{with serial} was scanned for order {other order}, which is still open", "put it aside{or badge}"},
		"sent":          {"Sent before", "{item}{with serial} was packed in {given|another parcel}", "put it aside{or badge}"},
		"":              {"Scanned before", "{item}{with serial} was packed before", "put it aside{or badge}"},
	},
	pack.CodeUndone: {
		"unloaded":      {"Taken out", "{parcel id} is not in the van of {carrier} any more", "put it on the dock"},
		"put in again":  {"Undone", "{product|the last step} is undone{now}", "put it back in the box"},
		"nothing moved": {"Undone", "{product|the last step} is undone{now}", "carry on"},
		"short":         {"Undone", "{product|the line} is no longer left out{now}", "scan it, or leave it out again"},
		"wanted-again":  {"Undone", "{product|the line} is left out again{now}", "carry on"},
		"note":          {"Undone", "{product|the note} is no longer confirmed", "confirm it again once it is done"},
		"carton":        {"Undone", "{box} is taken again", "put the goods back into it"},
		"next-parcel":   {"Undone", "the box is open again", "scan the next item"},
		"weigh":         {"Undone", "the weight no longer counts", "put the parcel on the scale again"},
		"":              {"Undone", "{product|the last step} is undone{now}", "take it out of the box"},
	},
	pack.CodeRemoved: {
		":asked": {"Take out", "the next scan takes an item out", "scan what comes out of the box"},
		"":       {"Taken out", "{item}{marked}{kit} is taken out{now}", "put it back in the tote"},
	},
	pack.CodePutBack: {
		"turned up":    {"{item}", "{item}{kit} was left out and is in the box now, {of want}", ""},
		"wanted again": {"Wanted again", "{item} is no longer left out{now}", "scan it"},
		"":             {"Line put back", "{item} is put back{now}", "take its units out of the box"},
	},
	pack.CodeSwapped: {"which-unit": {"Which one?", "several units of {item} are in the box", "{choose|answer by number}"}, "": {"Swapped", "{item} is swapped{because}", "set the damaged one aside"}},
	pack.CodeNothingToUndo: {
		"voided": {"Nothing to undo", "a label that was voided cannot be brought back", "carry on"},
		"":       {"Nothing to undo", "there is nothing to undo", "use Remove to take an item out"},
	},
	pack.CodeShort: {"": {"Short", "{short items}{kit} is left out{because}", "{go on}"}},

	pack.CodeSubstitute: {"": {"Send it instead?", "{item} may be sent in place of {instead}", "{choose|answer by number}"}},
	pack.CodeWrongItem: {
		"not-in-parcel": notInOrder,
		"":              notInOrder,
	},
	pack.CodeOverScan:   {"": {"One too many", "you already have {all of them}", "put this one back"}},
	pack.CodePackTooBig: {"": {"Pack too big", "this pack of {item} holds more than the {left} still to scan", "scan single units"}},
	pack.CodeUnknownCode: {
		"badge":           {"Badge not recognised", "this badge is not recognised", "scan it again, or ask the administrator"},
		"badge-typed":     {"Scan the badge", "the code of this badge was typed, and counts only when it is scanned", "scan the badge itself"},
		"badge-revoked":   {"Badge revoked", "this badge was revoked", "ask an administrator"},
		"badge-not-yet":   notToday,
		"badge-ended":     notToday,
		"return":          {"Return", "this is a return number{scanned}", "set it aside for the returns desk"},
		"cut":             unknownCode(" (it was cut off)"),
		"forged":          unknownCode(" (its signature is not ours)"),
		"altered":         unknownCode(" (part of it was changed)"),
		"foreign":         unknownCode(" (it was not made here)"),
		"unknown":         unknownCode(" (we do not have its key: it is from another shop, or was changed)"),
		"unknown parcel":  unknownCode(" (no parcel here has it)"),
		"too long":        unknownCode(" (it is too long)"),
		"carton":          unknownCode(" (there is no such carton)"),
		"number":          unknownCode(" (not a valid number)"),
		"piece":           {"One piece of several", "this is one piece of an item that has several", "scan the code of the whole item, or confirm its line by hand"},
		"several serials": {"Several serial numbers", "the code{scanned} has two serial numbers and cannot be right", "scan the units one by one"},
		"coupon":          {"Coupon", "this is a coupon and no goods{scanned}", "put it aside, and scan the item"},
		"label-part":      {"Other code of the label", "the code{scanned} says a lot, a date or a serial number, and not of which product", "scan the product's own code first, then this one"},
		"own code":        unknownCode(" (not a command of this bench)"),
		"empty":           unknownCode(" (it is empty)"),
		"":                unknownCode("{because}"),
	},
	pack.CodeAmbiguousCode: {
		"which-parcel": {"Which parcel?", "order {order id} has several parcels", "{choose|answer by number}"},
		"":             {"Which one?", "the code{scanned} has several meanings", "{choose|answer by number}"},
	},
	pack.CodeCarton: {"": {"{Box}", "packing in {box}", ""}},
	pack.CodeCartonFull: {
		"own-carton": {"Its own carton", "{item} ships alone in its own carton", "use Next box, then scan it by itself"},
		"own-packed": {"Next box", "what is packed ships alone in its own carton", "use Next box for {item}"},
		"":           {"Box full", "this box is full{because}", "close it, then start the next parcel"},
	},
	pack.CodeCartonNotAllowed: {
		"unknown":   {"Unknown box", "there is no {such box}", "use another box"},
		"too heavy": {"Other box", "this order is too heavy for {box}", "use a larger box"},
		"":          {"Other box", "{box} does not fit this order{because}", "use another box"},
	},

	pack.CodeService: {
		":asked sure":    {"Are you sure?", "{service} needs a new label{price}, and this one is voided{rule}", "{choose|answer by number}"},
		"old-label-void": {"{service}", "{service} was chosen{price}, and the old label is void", "tear off the old label"},
		"":               {"{service}", "{service} was chosen{price}", ""},
	},
	pack.CodeServiceNone: {
		"no-carriers": {"No carriers", "no carriers are imported", "import their rates and press Try again, or park the order"},
		"again":       {"Asking again", "the carriers are asked again", "wait a moment"},
		"unknown":     {"No such service", "there is no such service for this parcel", "choose one of those listed"},
		"":            {"No service", "no service can take this parcel{because}", "ask a supervisor, or park the order"},
	},
	pack.CodeLabelMade: {"": {"Label ready", "the label is ready", "wait for the printer"}},
	pack.CodeLabelSent: {
		"aside":       {"Label of {order id}", "the label of {parcel} of {order} was sent to the printer", "stick it on its box, which stands aside, and scan it"},
		"closed":      {"Printed again", "the label of {parcel} was sent to the printer again", onItsBox},
		"seen":        {"Label is there", "a label came out", "stick it on and scan it"},
		"unprintable": {"Check the label", "the label was sent, but {characters} of it could not be printed", "check the address, stick it on and scan it"},
		"on-paper":    {"On a sheet", "the label of {parcel} is larger than the printer's labels and was sent to the paper printer", "cut or fold it, stick it on its box and scan it"},
		"address":     {"Check the address", "the label was sent, but its address has no {lacks}", "ask a supervisor before you stick it on"},
		"again":       labelSent,
		"":            labelSent,
	},
	pack.CodeLabelPrinted: {
		"aside":       {"Label of {order id}", "the label of {parcel} of {order} is printed", "stick it on its box, which stands aside, and scan it"},
		"closed":      {"Printed again", "the label of {parcel} is printed again", onItsBox},
		"unprintable": {"Check the label", "the label is printed, but {characters} of it could not be", "check the address, stick it on and scan it"},
		"on-paper":    {"On a sheet", "the label of {parcel} is larger than the printer's labels and came out of the paper printer", "cut or fold it, stick it on its box and scan it"},
		"address":     {"Check the address", "the label is printed, but its address has no {lacks}", "ask a supervisor before you stick it on"},
		"":            {"Label printed", "the label is printed", "stick it on and scan it"},
	},
	pack.CodeLabelWaiting: {
		"place":      {"Box set aside", "the box of {order} stands at {place|its place}", "carry on"},
		"place-sure": {"Does the box stand there?", "{place} is not known here", "scan it again if the box stands there, or go back"},
		"again":      {"Trying again", "asking for the label again", "wait for the printer"},
		"aside":      {"No label yet", "the box of {order} is still waiting for its label{because}", "leave it aside, the bench tries again by itself"},
		"":           {"No label yet", "the parcel is waiting for its label{because}", "put the box aside, scan its place and carry on with the next order, the bench tries again by itself"},
	},
	pack.CodeLabelBought: {"": {"Label of {order id}", "the label of {parcel} of {order} is ready", "stick it on its box, which stands aside, and scan it"}},
	pack.CodeFailover:    {"": {"Another carrier", "{the first|the chosen service} is not available{wrong}, so {service} was taken instead{dearer}", ""}},
	pack.CodePurchaseUnknown: {
		"number": {"Which number?", "the tracking number is missing", "type the one that the carrier's page shows"},
		"aside":  {"Bought or not?", "we cannot tell whether a label was bought for the box of {order}{because}", "have a supervisor scan the order and look at the carrier's page"},
		"":       {"Bought or not?", "we cannot tell whether a label was bought{because}", "have a supervisor look at the carrier's page, and say what it shows"},
	},
	pack.CodeLabelDearer: {"": {"Dearer than quoted", "the label of {parcel} costs {cost}, and was quoted at {was}", "a supervisor has the case"}},
	pack.CodeLabelLost: {
		"kept": {"Label lost", "a label of {parcel} got lost at the carrier, which does not give its price back{wrong}", "a supervisor has the case"},
		"":     {"Label lost", "a label of {parcel} got lost at the carrier and was given back", "carry on"},
	},
	pack.CodeLabelDouble: {"": {"Label void", "a label that {parcel} no longer needs had been bought, and was given back", "a supervisor has the case"}},
	pack.CodeQuoteLate:   {"": {"Prices missing", "{late|an account} did not answer in time, and was left out of the choice", ""}},
	pack.CodeVoidAsked:   {"": {"Refund requested", "the carrier took the label of {parcel} back, and its refund comes later", ""}},
	pack.CodeVoidRefused: {
		"": {"No refund", "the carrier did not take the label of {parcel} back{wrong}", "a supervisor has the case"},
	},
	pack.CodeReprinted: {
		"closed": {"Printed again", "the label of {parcel} is printed again{because}", onItsBox},
		"":       {"Printed again", "the same label is printed again{because}", "throw the first one away"},
	},
	pack.CodeVoided: {
		":asked sure": {"Are you sure?", "this will void the label{rule}", "{choose|answer by number}"},
		"":            {"Label void", "the label of {parcel} is void", "tear it off the box"},
	},
	pack.CodePrinterTrouble: {
		"paper":        {"{Paper}", "the {paper} of {parcel id|the parcel} was not printed{wrong}", "{ask again}"},
		"list waits":   {"List waiting", "{list} is not printed yet{wrong}", "{it comes}"},
		"list":         {"List not printed", "{list} is not printed{wrong}", "{try again}"},
		"closed waits": {"Printer", "the label of {parcel} is not printed again yet{wrong}", "{label comes}"},
		"closed":       {"Printer", "the label of {parcel} was not printed again{wrong}", "{scan and ask}"},
		" waits":       {"Printer", "the label printer needs attention{wrong}", "{label comes}"},
		"":             {"Printer", "the label was not printed{wrong}", "{press again}"},
	},
	pack.CodeLabelUnknownOutcome: {
		"closed":      {"Did it come out?", "we cannot tell whether the label of {parcel} printed again", lookForIt},
		"paper":       {"Did it come out?", "we cannot tell whether the {paper} of {parcel id|the parcel} printed", lookForIt},
		"unprintable": cameItOut,
		"address":     cameItOut,
		"":            cameItOut,
	},
	pack.CodeLabelWrongBox: {
		"same order":  {"Wrong label", "this label belongs to another box of order {order id}", "take it off and find its box"},
		"voided":      {"Old label", "this label of {parcel} is void", "tear it off, and scan the new one"},
		"other order": wrongBox,
		"":            wrongBox,
	},
	pack.CodeParcelClosed: {
		"without papers": {"Parcel closed", "{parcel} is closed, but {missing} of {parcel id} did not come out", "print it before the parcel leaves"},
		"all":            {"Parcel closed", "{parcel} is closed", "put it on the pile"},
		"":               {"Parcel closed", "{parcel} is closed", "carry on with the next parcel"},
	},
	pack.CodeReopened: {
		":asked sure": {"Are you sure?", "{parcel} will be opened again and its label voided{rule}", "{choose|answer by number}"},
		"":            {"Open again", "{parcel} is open again and its label is void", "tear off the label"},
	},

	pack.CodePaper: {
		":asked reason": {"Why again?", "the {paper} was printed before", "choose a reason"},
		":refused":      {"{Paper}", "the {paper} of {parcel id|the parcel} is waiting{wrong}", "{it comes}"},
		"unprintable":   {"Check the paper", "the {paper} of {parcel id|the parcel} is printed, but {characters} of it could not be", "check it before it goes with the parcel"},
		"printed":       {"Printed", "the {paper} of {parcel id|the parcel} is printed", ""},
		"":              {"Printing", "the {paper} of {parcel id|the parcel} is being printed", ""},
	},
	pack.CodeLoading: {
		":asked driver":   {"Driver's name", "{parcels loaded} in the van of {carrier|the carrier}{left on dock}", "type the driver's name"},
		":refused driver": {"Name too long", "a name of {n} characters does not fit on the list", "type a shorter one, 60 at most"},
		":asked":          {"Which carrier?", "several carriers have parcels here", "choose the one that is at the dock"},
		"":                {"{carrier|Loading}", "a van of {carrier|the carrier} is being loaded{on the dock}", "scan each parcel's label as it goes in"},
	},
	pack.CodeHandedOver: {
		"again": {"Already in", "{parcel id|the parcel} is in this van already", "scan the next parcel"},
		"clock": {"Handed over", "{parcels} left with {carrier|the carrier}, manifest {manifest}, and {clock}", "wait for the list, and write the time on it by hand"},
		"left":  {"Handed over", "{parcels} left with {carrier|the carrier}, manifest {manifest}", "wait for the list"},
		"":      {"{parcel id|the parcel}", "{parcel id|the parcel} is in the van of {carrier|the carrier}, {parcels loaded}", "scan the next parcel"},
	},
	pack.CodeCloseOut: {
		":asked strangers": {"Check the van", "{carrier|the carrier} does not know {strangers}", "{choose|ask a supervisor}"},
		"strangers":        {"Check the van", "{carrier|the carrier} does not know {strangers}", "put it back on the dock"},
		"waits":            {"Carrier not told", "{carrier|the carrier} was not told what its van took{wrong}", "carry on"},
		"unsure":           {"Closed out or not?", "we cannot tell whether {carrier|the carrier} was told what its van took", "have a supervisor look at the carrier's page"},
		"not-told":         {"Carrier not told", "{carrier|the carrier} was not told what its van took{wrong}", "a supervisor has the case"},
		"unprinted":        {"Printer", "{carrier|the carrier} was told what its van took, {parcels}{wrong}", "have a supervisor look at the carrier's page"},
		"":                 {"Closed out", "{carrier|the carrier} was told what its van took, {parcels}{wrong}", ""},
	},
	pack.CodeWrongCarrier: {
		"unknown": {"Unknown carrier", "there is no carrier called {carrier|that}", "choose one that has a rate card"},
		"lane":    {"Wrong lane", "{parcel id|the parcel} goes with another service of {carrier|the carrier}", "take it to its own lane"},
		"":        {"Wrong van", "{parcel id|the parcel} goes with {carrier|another carrier}", "put it back on the dock"},
	},
	pack.CodeManifest: {
		"list left":       {"Manifest", "{list}{of parcels} left{when}", "print it again from the dock page if it is lost"},
		"list loading":    {"Manifest", "{list}{of parcels} is for a van that is being loaded", "scan its parcels, or end the loading"},
		"printed":         {"Handed over", "{list}{of parcels} is printed", "have the driver sign it"},
		"sent":            {"Handed over", "{list}{of parcels} was sent to a printer that cannot confirm it", "have the driver sign it once it is out"},
		"printed untimed": {"Handed over", "{list}{of parcels} is printed without a time, because {clock}", "write date and time on it, and have the driver sign it"},
		"sent untimed": {
			"Handed over", "{list}{of parcels} was sent to a printer that cannot confirm it without a time, because {clock}",
			"write date and time on it, and have the driver sign it once it is out",
		},
		"unprintable": {"Check the list", "{list} is printed, but {characters} of it could not be", "write them on it by hand, and have the driver sign it"}, // a driver's name, nearly always
		"unknown": {
			"Did the list come out?", "the manifest {manifest} is closed, and we cannot tell whether its list printed",
			"look at the printer, and if there is none print it again from the dock page (reprint-manifest {manifest})",
		},
		"reason":    {"Why again?", "this list was printed before", "choose a reason"},
		"asked":     {"Manifest", "{list} is on its way", "wait for it"},
		"again":     {"Manifest", "{list} is being printed again", "wait for it"},
		"once more": {"Manifest", "{list} is being printed again", ""},
		"":          {"Manifest", "the list of {carrier|the carrier} is on its way, {parcels}", ""},
	},

	pack.CodeSignedIn: {
		"excess": {"{who|someone}", "{who|someone} is signed in, and the box of {order} holds {too many}", "take it out"},
		"order":  {"{who|someone}", "{who|someone} is signed in", "carry on with order {order id}"},
		"":       {"{who|someone}", "{who|someone} is signed in", "scan an order or a tote"},
	},
	pack.CodeTakenOver:   {"": {"{who|someone}", "{who|someone} takes over{from}", "carry on"}},
	pack.CodeSignedOut:   signedOut,
	pack.CodeNotSignedIn: {"": {"Sign in first", "nobody is signed in", "scan your badge"}},
	pack.CodeNeedsRole:   needsRole,
	pack.CodePINNeeded:   pinNeeded,
	pack.CodePINWrong:    pinWrong,
	pack.CodeKeptApart:   {"": {"Kept apart", "scanned meanwhile and not counted: {kept|an item}", "scan it again now"}},
	pack.CodeAuthorised:  {"": {"Approved", "{author|a supervisor} approved it{because}", ""}},
	pack.CodeOverrideRefused: {
		"reason": {"No such reason", "this is not a valid reason", "choose one of those offered"},
		"":       {"Not allowed", "this badge cannot approve it", "ask {role}"},
	},
	pack.CodeLocked:   {"": {"Locked", "the bench is locked", "ask a supervisor to scan a badge"}},
	pack.CodeUnlocked: {"": {"Unlocked", "{author|a supervisor} unlocked the bench", "check the box, then carry on"}},
	pack.CodeBack: {
		"voided":     {"Destroyed", "the old label is destroyed", "carry on"},
		"kept-apart": {"Back", "scanned meanwhile and not counted: {kept|an item}", "scan it again now"},
		"":           {"Back", "nothing was changed", "carry on"},
	},
	pack.CodeCommandUnknown: {"": {"Unknown command", "there is no such command{given command}", "press F1 for help"}},
	pack.CodeNotNow:         notNow,
}

// Phrases that stand in several places.
const (
	onItsBox  = "stick it on its own box, and throw the first one away"
	lookForIt = "check the printer, and ask for it again if it is missing"
)

var (
	unknownOrder = Saying{"Unknown order", "{order} was not found", "ask a supervisor to import it"}
	notInOrder   = Saying{"Not in this order", "{item} is not in this order", "put it back{and scan}"}
	labelSent    = Saying{"Label sent", "the label was sent to the printer", "stick it on and scan it"}
	wrongBox     = Saying{"Wrong label", "this label belongs to order {other order|unknown}, the box is order {order id|unknown}", "take it off and find its box"}
	cameItOut    = Saying{"Did a label come out?", "we cannot tell whether the label printed", "{choose|look at the printer and answer}"}
)

func unknownCode(because string) Saying {
	return Saying{"Unknown code", "the code{scanned} is not recognised" + because, "scan it again, or ask a supervisor to link it"}
}
