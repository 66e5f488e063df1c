package bench

import "packbench/station/store/storetest"

// What a bench hears of others is in the suite.
var _ News = storetest.Shop(nil)
