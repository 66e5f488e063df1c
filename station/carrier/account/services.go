package account

import "slices"

// Sold are the services of one carrier that sells its own, of which each has an ID and a
// name.
func Sold(carrier, called string, services []Service) []Service {
	out := slices.Clone(services)
	for i := range out {
		out[i].Carrier, out[i].CarrierName = carrier, called
	}
	return out
}

// ServiceNamed is the name of a service by its id, or what is said instead.
func ServiceNamed(services []Service, id, instead string) string {
	i := slices.IndexFunc(services, func(s Service) bool { return s.ID == id })
	if i < 0 {
		return instead
	}
	return services[i].Name
}
