package country

import "strings"

// Union are the member states of the European Union, by their codes.
func Union() []string {
	return strings.Fields("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")
}
