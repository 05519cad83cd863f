// Sentences in Spanish, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let spanish = """
        Ayer llovió tanto que el arroyo se desbordó y tuvimos que volver a casa por la carretera vieja.
        Mi abuela guarda los botones en una caja de galletas y nunca deja que nadie los cuente por ella.
        ¿Sabes si el autobús de las nueve pasa también los domingos o hay que esperar hasta el lunes?
        Los niños dejaron las mochilas en el pasillo y corrieron al jardín antes de que yo pudiera decir nada.
        Para hacer una buena tortilla hay que pelar las patatas, cortarlas muy finas y freírlas despacio.
        El ayuntamiento anunció que el mercado cerrará durante dos semanas para reparar el tejado.
        Mientras el médico leía los análisis, ella miraba por la ventana y contaba las palomas del tejado.
        Hoy hace un viento terrible, así que hemos dejado las bicicletas en el garaje y vamos caminando.
        La profesora nos pidió que escribiéramos una historia en la que el perro fuera quien cuenta los hechos.
        En el siglo pasado muchos vecinos de este pueblo se marcharon a la ciudad para buscar trabajo.
        El equipo local perdió otra vez, pero los aficionados siguieron cantando hasta que se apagaron las luces.
        Querida hermana: te escribo desde la estación porque el tren llega con retraso y no tengo nada que leer.
        Las abejas encuentran el camino de regreso gracias a la posición del sol y a la memoria del paisaje.
        Si quieres que el pan quede crujiente, pon un cuenco con agua en el fondo del horno caliente.
        Nadie supo quién había dejado aquel paraguas rojo en el despacho del director la semana pasada.
        Cuando terminó la reunión, la jefa dijo que el proyecto debía estar listo antes del verano.
        Mi hijo pequeño todavía cree que las nubes están hechas de algodón y que se pueden guardar en una bolsa.
        El precio del aceite ha subido mucho este año y en casa hemos empezado a cocinar de otra manera.
        Aquella noche dormimos en una pensión junto al puerto, donde se oían las campanas de los barcos.
        Los científicos hallaron en la cueva unos huesos que podrían pertenecer a un oso muy antiguo.
        No olvides cerrar la llave del agua cuando salgas, porque la cañería del baño pierde un poco.
        Por la mañana el hielo cubría los charcos, y al mediodía ya se podía pasear sin abrigo.
        —¿Y tú qué harías en mi lugar? —preguntó el muchacho—. Yo no sé si debo aceptar ese empleo.
        La gata de los vecinos ha tenido cinco crías y ahora ninguno de ellos quiere regalarlas.
        Después de tantos años, el viejo maestro aún recordaba el nombre de todos sus alumnos.
        El avión salió con tres horas de retraso y perdimos el enlace que nos llevaba hasta la isla.
        Una vez al mes limpiamos el trastero y siempre aparece algo que creíamos perdido para siempre.
        Los bomberos llegaron enseguida y apagaron el fuego antes de que alcanzara el bosque de pinos.
        Me gustaría aprender a tocar la guitarra, aunque mis dedos son torpes y mis vecinos tienen poca paciencia.
        En otoño las hojas del castaño cubren el patio de la escuela y los chicos hacen montones con ellas.
        Ponga la ropa blanca en agua tibia, añada un poco de jabón y déjela reposar toda la noche.
        La carretera de la sierra estará cortada hasta el jueves a causa de las últimas nevadas.
        Cada sábado mi padre baja al quiosco, compra el periódico y lo lee entero mientras toma un café.
        El museo abrió una sala dedicada a los oficios perdidos, desde el sereno hasta el afilador.
        Ella quería ser bióloga desde niña y pasaba las tardes observando hormigas debajo de las piedras.
        Se me ha roto la pantalla del teléfono justo cuando estaba hablando con la dueña del piso.
        Dicen que en aquel molino vivió un hombre que hablaba con los caballos y jamás usaba zapatos.
        La corredora aceleró en la última vuelta y llegó a la meta con el brazo en alto y una gran sonrisa.
        Ojalá deje de llover pronto, porque tenemos la leña fuera y no queda ni un tronco seco.
        El camarero nos trajo una jarra de agua, unas aceitunas y el menú escrito a mano en un cuaderno.
        Durante la guerra, las mujeres del barrio hacían cola desde la madrugada para conseguir harina.
        Hay que regar el limonero por la tarde, cuando el sol ya no calienta la tierra de las macetas.
        Los delfines se llaman entre sí con silbidos que funcionan casi como si fueran nombres propios.
        Nuestro hijo mayor ha encontrado trabajo en una fábrica de muebles que está lejos de aquí.
        Perdone, ¿podría decirme dónde se encuentra la oficina de correos más cercana a esta plaza?
        A mi suegro le encanta discutir de política, pero en cuanto llega el postre se olvida de todo.
        El examen de química fue más difícil de lo que esperábamos y casi nadie terminó a tiempo.
        La lluvia golpeaba los cristales y nosotros jugábamos a las cartas alrededor de la estufa.
        Antes de firmar el contrato, lea con calma todas las páginas y pregunte lo que no entienda.
        Los pescadores dicen que este invierno hay menos sardinas y que el mar está demasiado caliente.
        Mi compañera de piso trabaja de noche, así que por la mañana ando descalza para no despertarla.
        El alcalde prometió plantar árboles en todas las calles que hoy no tienen ni una sombra.
        Cuando era joven, mi tío cruzó el país en una moto que hacía más ruido que un tractor.
        Encontré tus cartas en el fondo del cajón y me he pasado la tarde leyéndolas una tras otra.
        Las lentejas están más ricas al día siguiente, sobre todo si se les añade un poco de vinagre.
        El perro se quedó sentado junto a la puerta hasta que su dueño volvió del hospital.
        Unas vecinas han abierto una librería pequeña donde también se sirven té y bizcocho de naranja.
        El telescopio nuevo permite ver galaxias tan lejanas que su luz tardó millones de años en llegar.
        Lo siento mucho, pero hoy no puedo quedar contigo porque tengo que llevar el coche al taller.
        Los alumnos de último curso pintaron un mural enorme en la pared del gimnasio.
        Si te pierdes por el casco antiguo, busca la torre de la iglesia y camina siempre cuesta abajo.
        El dentista me ha dicho que debo volver dentro de un mes y que coma menos caramelos.
        Aunque el partido empezó bajo la lluvia, ninguno de los jugadores pidió que se suspendiera.
        La policía busca a un hombre que entró en la panadería y se llevó solamente dos barras de pan.
        Con los primeros calores salieron las lagartijas a los muros y los viejos a los bancos del paseo.
        Mezcle la harina con los huevos, eche la leche poco a poco y bata hasta que no queden grumos.
        Mis primos viven en una granja donde hay gallinas, dos burros y un pavo con muy mal genio.
        ¡Qué alegría verte por aquí! Hacía por lo menos diez años que no pisabas este barrio.
        El sindicato y la empresa llegaron a un acuerdo después de toda una noche de negociaciones.
        Ninguno de los dos hermanos quería reconocer que había sido el primero en romper el jarrón.
        En esta comarca se construyeron muchos castillos porque por ella pasaba la antigua frontera.
        El domingo subimos al monte y desde la cima se veía el mar como una línea brillante.
        Tengo que comprar hilo azul, dos cremalleras y una aguja gruesa para arreglar la tienda de campaña.
        La nueva línea de metro unirá el hospital con la universidad en menos de un cuarto de hora.
        A veces, al anochecer, un zorro cruza la huerta y se detiene a mirar las luces de la cocina.
        Esta mañana he visto a tu madre en la frutería y me ha preguntado cuándo vienes a comer.
        El pintor vivía en una buhardilla llena de lienzos y pagaba el alquiler con retratos.
        Para que la planta crezca derecha, gire la maceta un poco cada vez que le eche agua.
        Los primeros colonos cavaron un pozo muy hondo que todavía hoy sigue dando agua fresca.
        Cuéntame despacio lo que pasó, desde que saliste de la oficina hasta que llegaste al hospital.
        Este granizo ha durado apenas unos minutos, pero ha destrozado los tomates que tanto cuidábamos.
        La orquesta ensayaba en el teatro vacío mientras los electricistas colgaban los focos.
        Yo siempre llevo un cuaderno en el bolsillo por si se me ocurre algo mientras viajo.
        El volcán volvió a echar humo y los habitantes de la ladera duermen con las maletas hechas.
        Dejamos las llaves debajo del felpudo para que los invitados pudieran entrar sin llamar.
        Muchos pájaros duermen con un ojo abierto, y así pueden vigilar lo que ocurre a su alrededor.
        La abogada explicó que el testamento era válido, aunque le faltara la fecha en una hoja.
        He decidido dejar el café, pero todas las tardes paso por delante del bar y se me hace la boca agua.
        Hubo un tiempo en que los inviernos eran tan duros que los lobos bajaban hasta las eras.
        Nuestra vecina canta ópera mientras tiende la ropa, y todo el patio se asoma para escucharla.
        """
}
