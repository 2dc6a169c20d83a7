"""Which English words do shops put into their addresses?

Written for this project: the words that one expects in the names of shops (what they sell, how
they praise it, where they are), with the commonest short words between them. It is no dictionary:
a word that is missing only leaves a piece of an address unsplit. `TRADES` are words that speak of
one trade and of no other; words that also stand in names of shops for hair, beauty, pharmacy or of
department stores (bath, boots, style, home, fashion) are left out of it on purpose.
"""

from collections.abc import Mapping

TRADES: Mapping[str, frozenset[str]] = {
    trade: frozenset(words.split())
    for trade, words in {
        "tableware": "bakeware chinaware cookware crockery cutlery dinnerware drinkware "
        "flatware glassware kitchenware silverware stemware tableware teapot teapots",
        "furniture": "armchair armchairs bedding bookcase bookcases cabinets couch couches "
        "cushions furnishings furniture mattress mattresses recliner recliners sofa sofas "
        "wardrobe wardrobes",
        "electronics": "camera cameras computer computers electronic electronics gadget gadgets "
        "headphones laptop laptops phone phones smartphone smartphones tablet tablets "
        "television",
        "tools and hardware": "builder builders drill drills hardware ladders lumber plumbing "
        "powertool powertools roofing screws toolbox wrench wrenches",
        "cars": "automobile automotive autoparts brakes carparts engines motorcycle motorcycles "
        "motors tires truck trucks tyre tyres vehicle vehicles wheels",
        "shoes": "footwear sandals shoe shoes sneaker sneakers",
        "clothing": "apparel clothes clothing dresses hoodies jacket jackets jeans lingerie "
        "menswear pants shirt shirts socks swimwear tshirt tshirts underwear womenswear",
        "jewelry": "bracelet bracelets jeweler jewelers jewellery jewelry necklace necklaces "
        "watches wristwatches",
        "toys and games": "boardgames games gaming lego puzzles toy toys videogames",
        "sports": "bicycle bicycles bikes camping cycling fishing fitness golf gym hockey "
        "hunting kayak kayaks skateboards skiing surfing tackle tennis treadmill",
        "pets": "aquarium aquariums dogfood petfood petshop petsupplies petsupply",
        "gardening": "fertilizer garden gardening gardens greenhouse lawnmower lawnmowers "
        "nursery seeds",
        "books": "books bookshop bookstore magazines textbooks",
        "food and drink": "bakery beer brewery butcher candy chocolate coffee groceries grocery "
        "liquor meat pizza restaurant seafood snacks spirits vodka whiskey whisky wine wines",
        "travel": "airline airlines airport cruise cruises flights hotel hotels luggage "
        "suitcase suitcases tours travel vacation vacations",
        "building and heating": "bathtub boilers carpet carpets ceiling flooring heating "
        "insulation kitchens lamps lighting paint paints tiles windows",
        "office supplies": "cartridge cartridges copier inkjet printer printers stationery toner",
        "money": "bank banking casino casinos credit crypto finance insurance loan loans "
        "mortgage poker",
    }.items()
}

# The trade that we are in ourselves, and those next to it: an address with one is at home here.
_OWN = """
apothecary barber barbers beard beauty braid braids chemist chemists coiffure color colour comb
conditioner cosmetic cosmetics curl curls curly derma dermatology drugstore esthetic extensions
fragrance fragrances grooming hair haircare haircut hairdresser hairdressers keratin locks makeup
mane nail nails parfum parfumerie perfume perfumery perfumes personalcare pharma pharmacies
pharmacy salon salons scalp serum shampoo shampoos skin skincare spa strand strands stylist
stylists toiletries trichology wellness wig wigs
apotek apoteka apoteket apotheek apotheke apteka apteki aptieka barbershop beaute belleza coiffeur
cosmetica cosmeticos cosmetique cosmetiques drogaria drogarias drogeria drogerias drogerie
drogerien estetica farma farmacia farmacias farmacie farmaci farmacja friseur frisor gyogyszertar
kapper kappers kosmetik kosmetika lekarna lekaren lekarni ljekarna parfumeria perfumaria
perfumeria peluqueria patika pharm pharmacie vaistine
"""
OWN_TRADE = frozenset(_OWN.split())

_COMMON = """
a acre act aid air all alpha always amber america american an and angel apple aqua arch art arts
as asia asian at atlantic aussie australia australian auto avenue baby back bag bags bargain
bargains barn bath bay beach bear bed bell berry best better big bird birds black blow blue blvd
body bold bond book boot boots botanic botanical boutique box boxes brand brands bright british
bro brother brothers brush brushes bulk button buy buyer buyers by cabin california canada candle
care cart cash castle cat cats center central centre chain chair chairs cheap cheaper chic chicago
child china choice city class classic clean clear clearance clever click clinic clinical close
closet cloud club co coast collection collections come common company complete connect cool
cooperative copper corner corporation cosmo country couture cover craft crafts cream creation
creations crown crystal daily dancing dark day days deal dealer dealers deals deep delight deluxe
demand den department depot desert design designer designs desk diamond direct discount discounted
discounts discover distributor distributors diy doctor doctors dog dogs dollar door doors dot dove
dr dragon dream dreams drug drugs dry duty eagle earth east eastern easy eco edge edition elegant
elite embassy emerald emporium energy english epic essence essential essentially essentials euro
europe european ever every everyday everything exchange exclusive express extra eye eyes factory
fair family famous fancy farm farms fashion fast feather festival field final find finds fine
finest fire first fish five flash fleet flora floral flower flowers foam food foods for forest
forever form formula fort fox france free french fresh friend friends from fruit full fun future
galaxy gallery gate general gentle german gift gifts girl girls glam glamour glass global glory
glow go gold golden good goods grace grand great greek green group grove growth guide guru happy
harbor harbour haven health healthy heart heaven help herb herbal herbs here high hill hills
holiday holistic holly home homes honey horizon hot house houses hub hunter ice icon ideal image
imports in independent india indian inn innovation inside instant international island italian
italy item items ivory jade japan japanese jet joy jungle just kids king kingdom kings kit kitchen
kits korea korean lab laboratories laboratory labs lady lake land lane large latin leaf leather
leaves legend level life lifestyle light lights lily lime line linen link lion liquid list little
live living local logic london long look looks lotus love lovely low lucky luna lux luxe luxury
magic mall manor maple mark market marketplace markets mart mass master matrix max me media
medical medicine mega men mens merchant merchants metro midnight milk mind mini mint miracle
mirror miss mist mobile mod modern mom moms moon more most mother mountain my natural naturally
naturals nature need net network new news next nice night nights nine no noble nord north northern
nova now number nutrition oak oasis ocean of off offer offers office official oil oils old olive
on one online only open optical orchid order orders organic organics original our out outdoor
outdoors outlet outlets over pacific pack page palace palm panda paper paradise paris park part
parts party path peach pearl people perfect pet pets pink place planet plant plants platinum plaza
plum plus point pool poor pop popular port post power premier premium pretty price prices prime
prince princess pro product products professional professionals promo promotion pump pure purple
quality queen quick rainbow rapid rare raw ready real red regrow remedies remedy republic rescue
resource retail retailer retailers rich ridge right rinse river road rock roma root roots rose
rosemary rouge royal ruby rush safari safe sage sale sales salt sand sapphire save saver savers
savings science sea season seasons second secret secrets select selection sell seller sellers
selling senses set seven shack shape share shine ship shipping shop shopper shoppers shopping
shops show sign silk silver simple simply sister sisters site six sky sleep small smart smooth
snow soap soaps social soft solution solutions soul source south southern space spain spanish
sparkle special specialist spice spirit sporting spring square standard star stars state states
station stay steel stock stockist stockists stone storage store stores story straight stream
street strong studio studios style styles styling sugar suite sulfate summer sun sunny super
superior superstore supplement supplements supplier suppliers supplies supply supreme sure surplus
sweet swiss table tables team tech technology ten texas thai that the theory therapy thick thicken
thin things three thrift tiger time times tiny to tokyo tonic tool tools top total touch towel
town trade trader traders trading trail treasure treasures treat treatment treatments tree trees
trend trends trendy true trunk tulip turkish twin two ulta ultimate ultra union unique united
universal universe up urban us usa valley value vault vegan velvet venture verde very victoria
view village vintage violet vip vision vital vitamin vitamins volume wagon walk wall warehouse
wash water wave wax way we wear web week weekly well west western white whole wholesale wholesaler
wholesalers wild wind wing winter wish with wolf woman women womens wonder wood wool word work
works world worldwide worth yellow yes yoga york you young your yours zen zero zone
"""

# What a shop puts beside the name of what it sells.
_SELLING = """
app auth authentic authorized bargain bargains best brand brands buy buynow buys care cheap club
clearance co com company coupon coupons deal deals de direct discount discounts eu europe express
factory for free fr france from genuine germany get gift gifts global go group hair hq http https
inc international intl italia italy japan kr korea limited line llc ltd mall market mart me my net
new now offer offers official officially offline online only order orders original originals
our outlet outlets parts pay payment plus premium price prices pro product products promo promos
promotion real retail sale sales save secure sell seller sellers service shop shopping shops
spain store stores supply support the team tienda tracking uk us usa verified vip warehouse
web website wholesale world www your
"""
SELLING = frozenset(_SELLING.split())

WORDS: frozenset[str] = frozenset(_COMMON.split()).union(OWN_TRADE, SELLING, *TRADES.values())
